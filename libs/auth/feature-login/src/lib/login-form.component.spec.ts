import { jest } from '@jest/globals';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { SessionStore } from '@support-chat/auth-data-access';
import type { Failure } from '@support-chat/contracts';
import { provideTestI18n } from '@support-chat/ui/testing';
import { LoginFormComponent } from './login-form.component';
import type { LoginMode } from './login-values';

const failure = (partial: Partial<Failure>): Failure => ({
  code: 'internal_error',
  status: 500,
  requestId: null,
  retryAfterSeconds: null,
  errors: [],
  ...partial,
});

describe('LoginFormComponent', () => {
  const answer = jest.fn<(body: unknown) => Promise<Failure | null>>();
  let fixture: ComponentFixture<LoginFormComponent>;
  let page: HTMLElement;

  const field = (name: string) => page.querySelector<HTMLInputElement>(`input[name=${name}]`);
  const note = (name: string) => {
    const id = field(name)?.getAttribute('aria-describedby');
    return id ? page.querySelector(`#${id}`)?.textContent.trim() : undefined;
  };
  const alert = () => page.querySelector('[role=alert]')?.textContent;

  function type(name: string, value: string): void {
    const input = field(name);
    if (!input) throw new Error(`no field ${name}`);
    input.value = value;
    input.dispatchEvent(new Event('input'));
  }

  async function submit(): Promise<void> {
    page.querySelector('form')?.requestSubmit();
    await fixture.whenStable();
  }

  async function show(mode: LoginMode, email: string | null = null): Promise<void> {
    TestBed.configureTestingModule({
      providers: [
        provideTestI18n(),
        { provide: SessionStore, useValue: { signIn: answer, register: answer } },
      ],
    });
    fixture = TestBed.createComponent(LoginFormComponent);
    fixture.componentRef.setInput('mode', mode);
    fixture.componentRef.setInput('email', email);
    page = fixture.nativeElement as HTMLElement;
    document.body.append(page);
    await fixture.whenStable();
  }

  beforeEach(() => {
    answer.mockReset().mockResolvedValue(null);
  });

  it('signs in with the password as it was typed', async () => {
    await show('sign-in');
    type('email', ' u1@example.org ');
    type('password', '  two words ');
    await submit();
    expect(answer).toHaveBeenCalledWith({ email: 'u1@example.org', password: '  two words ' });
  });

  it('ux-51 says at the field what is missing, moves there, and asks nobody', async () => {
    await show('sign-in');
    await submit();
    expect(answer).not.toHaveBeenCalled();
    expect(note('email')).toBe('Please fill this in.');
    expect(field('email')?.getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(field('email'));
    type('email', 'u1@example.org');
    await fixture.whenStable();
    expect(field('email')?.getAttribute('aria-invalid')).toBe('false');
    expect(note('password')).toBe('Please fill this in.');
  });

  it('counts a password in code points, as the server does', async () => {
    await show('register');
    type('name', 'Ann');
    type('email', 'u1@example.org');
    type('password', '😀😀😀😀');
    expect(note('password')).toBe('At least 8 characters');
    await submit();
    expect(note('password')).toBe('This is too short.');
    expect(answer).not.toHaveBeenCalled();
    type('password', '😀'.repeat(8));
    await submit();
    expect(answer).toHaveBeenCalledTimes(1);
  });

  it('ux-51 puts what the server finds wrong at its field', async () => {
    const errors = [{ field: 'email', code: 'bad_format' as const, detail: '' }];
    answer.mockResolvedValue(failure({ code: 'validation_failed', status: 400, errors }));
    await show('sign-in');
    type('email', 'u1@example');
    type('password', 'password');
    await submit();
    expect(note('email')).toBe('Please check how this is written.');
    expect(alert()).toBe('');
  });

  it('says that an address is taken at the address', async () => {
    answer.mockResolvedValue(failure({ code: 'email_taken', status: 409 }));
    await show('register');
    type('name', 'Ann');
    type('email', 'u1@example.org');
    type('password', 'password');
    await submit();
    expect(note('email')).toContain('Sign in instead');
  });

  it('ux-51 says how long to wait, and keeps what was typed', async () => {
    answer.mockResolvedValue(failure({ code: 'rate_limited', status: 429, retryAfterSeconds: 30 }));
    await show('sign-in');
    type('email', 'u1@example.org');
    type('password', 'password');
    await submit();
    expect(alert()).toContain('Try again in 30 seconds.');
    expect(field('password')?.value).toBe('password');
  });

  it('names being offline', async () => {
    answer.mockResolvedValue(failure({ code: 'unreachable', status: 0 }));
    const online = jest.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    await show('sign-in');
    type('email', 'u1@example.org');
    type('password', 'password');
    await submit();
    expect(alert()).toContain('You are offline.');
    online.mockRestore();
  });

  it('sends once, however often it is pressed', async () => {
    let finish: (value: null) => void = () => undefined;
    answer.mockReturnValue(new Promise((resolve) => (finish = resolve)));
    await show('sign-in');
    type('email', 'u1@example.org');
    type('password', 'password');
    const form = page.querySelector('form');
    form?.requestSubmit();
    form?.requestSubmit();
    finish(null);
    await fixture.whenStable();
    expect(answer).toHaveBeenCalledTimes(1);
  });

  it('ux-49 asks only for the password of a given account', async () => {
    await show('sign-in', 'u1@example.org');
    expect(field('email')?.hidden).toBe(true);
    type('password', 'password');
    await submit();
    expect(answer).toHaveBeenCalledWith({ email: 'u1@example.org', password: 'password' });
  });

  it('shows the password on demand, by a button that says so', async () => {
    await show('sign-in');
    const button = page.querySelector<HTMLButtonElement>('sc-login-field button');
    expect(button?.getAttribute('aria-label')).toBe('Show password');
    button?.click();
    await fixture.whenStable();
    expect(field('password')?.type).toBe('text');
    expect(button?.getAttribute('aria-label')).toBe('Hide password');
  });
});
