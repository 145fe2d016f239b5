import { jest } from '@jest/globals';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { SessionStore, UNSENT_WORK } from '@support-chat/auth-data-access';
import type { Failure } from '@support-chat/contracts';
import { provideTestI18n } from '@support-chat/ui/testing';
import { SignOutButtonComponent } from './sign-out-button.component';

describe('SignOutButtonComponent', () => {
  const signOut = jest.fn<(before: () => void) => Promise<Failure | null>>();
  const clear = jest.fn();
  let hasUnsent: boolean;
  let fixture: ComponentFixture<SignOutButtonComponent>;
  let page: HTMLElement;

  async function click(selector: string): Promise<void> {
    const button = page.querySelector<HTMLButtonElement>(selector);
    if (!button) throw new Error(`no ${selector}`);
    button.click();
    await fixture.whenStable();
  }

  beforeEach(() => {
    clear.mockReset();
    signOut.mockReset().mockImplementation((before) => {
      before();
      return Promise.resolve(null);
    });
    TestBed.configureTestingModule({
      providers: [
        provideTestI18n(),
        { provide: SessionStore, useValue: { signOut } },
        { provide: UNSENT_WORK, useValue: { exists: () => hasUnsent, clear } },
      ],
    });
    fixture = TestBed.createComponent(SignOutButtonComponent);
    page = fixture.nativeElement as HTMLElement;
  });

  it('signs out at once when nothing would be lost', async () => {
    hasUnsent = false;
    await click('button');
    expect(signOut).toHaveBeenCalledTimes(1);
    expect(clear).toHaveBeenCalledTimes(1);
  });

  it('ux-32 asks before unsent text is deleted', async () => {
    hasUnsent = true;
    await click('button');
    expect(signOut).not.toHaveBeenCalled();
    expect(page.textContent).toContain('has not been sent');
    await click('dialog .sc-button:not(.sc-button--primary)');
    expect(page.querySelector('dialog')).toBeNull();
    expect(signOut).not.toHaveBeenCalled();

    await click('button');
    await click('dialog .sc-button--primary');
    expect(signOut).toHaveBeenCalledTimes(1);
    expect(clear).toHaveBeenCalledTimes(1);
  });

  it('deletes nothing and says why when signing out fails', async () => {
    hasUnsent = false;
    signOut.mockResolvedValue({
      code: 'unreachable',
      status: 0,
      requestId: null,
      retryAfterSeconds: null,
      errors: [],
    });
    await click('button');
    expect(clear).not.toHaveBeenCalled();
    expect(page.querySelector('[role=alert]')?.textContent).toContain('cannot be reached');
  });
});
