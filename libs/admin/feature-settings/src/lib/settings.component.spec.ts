import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { AttachmentPolicy } from '@support-chat/contracts';
import { provideTestI18n } from '@support-chat/ui/testing';
import { SettingsComponent } from './settings.component';

const POLICY: AttachmentPolicy = {
  is_enabled: true,
  allowed_types: ['image/png', 'application/pdf'],
  max_bytes: 5 * 1024 * 1024,
};

describe('settings', () => {
  let fixture: ComponentFixture<SettingsComponent>;
  let server: HttpTestingController;

  const host = () => fixture.nativeElement as HTMLElement;
  const control = (label: string): HTMLInputElement => {
    const found = [...host().querySelectorAll('label')].find(
      ({ textContent }) => textContent.trim() === label,
    );
    const input = found?.control ?? null;
    if (!(input instanceof HTMLInputElement)) throw new Error(`no ${label}`);
    return input;
  };
  const words = () => host().textContent.replaceAll(/\s+/gu, ' ');

  /** Promises of the store have run on, and the page is drawn. */
  async function settled(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve));
    await fixture.whenStable();
  }

  async function set(label: string, value: boolean | string): Promise<void> {
    const input = control(label);
    if (typeof value === 'boolean') input.checked = value;
    else input.value = value;
    input.dispatchEvent(new Event(typeof value === 'boolean' ? 'change' : 'input'));
    await fixture.whenStable();
  }

  async function save(): Promise<void> {
    host()
      .querySelector('form')
      ?.dispatchEvent(new Event('submit', { cancelable: true }));
    await fixture.whenStable();
  }

  async function answer(policy: AttachmentPolicy): Promise<void> {
    server.expectOne('/api/admin/attachment-policy/').flush(policy);
    await settled();
  }

  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [
        provideTestI18n(),
        provideRouter([]),
        provideHttpClient(),
        provideHttpClientTesting(),
      ],
    });
    server = TestBed.inject(HttpTestingController);
    fixture = TestBed.createComponent(SettingsComponent);
    document.body.append(host());
    fixture.detectChanges();
  });

  afterEach(() => {
    host().remove();
  });

  async function load(): Promise<void> {
    server.expectOne('/api/chat/attachment-policy/').flush(POLICY);
    await settled();
  }

  it('show what holds now', async () => {
    await load();
    expect(control('Files can be sent').checked).toBe(true);
    expect([control('PDF').checked, control('ZIP archive').checked]).toEqual([true, false]);
    expect(control('Largest file, in megabytes').value).toBe('5');
  });

  it('save kinds and size, and say so until something is changed', async () => {
    await load();
    await set('PDF', false);
    await set('WebP image', true);
    await set('Largest file, in megabytes', '2.5');
    await save();
    const wanted: AttachmentPolicy = {
      is_enabled: true,
      allowed_types: ['image/png', 'image/webp'],
      max_bytes: 2_621_440,
    };
    const call = server.expectOne('/api/admin/attachment-policy/');
    expect(call.request.body).toEqual(wanted);
    call.flush(wanted);
    await settled();
    expect(words()).toContain('Saved');
    await set('WebP image', false);
    expect(words()).not.toContain('Saved');
  });

  it.each(['0', '10.1', ''])('ux-51 do not save a size of "%s", and lead to it', async (size) => {
    await load();
    await set('Largest file, in megabytes', size);
    await save();
    expect(words()).toContain('Please write a number from 0.1 to 10.');
    const input = control('Largest file, in megabytes');
    expect([document.activeElement, input.getAttribute('aria-invalid')]).toEqual([input, 'true']);
    server.expectNone('/api/admin/attachment-policy/');
  });

  it('ask for a kind while files are on, and not when they are off', async () => {
    await load();
    await set('PDF', false);
    await set('PNG image', false);
    await save();
    expect(words()).toContain('Choose at least one kind, or turn files off.');
    server.expectNone('/api/admin/attachment-policy/');
    await set('Files can be sent', false);
    expect(words()).not.toContain('Choose at least one kind');
    await save();
    await answer({ ...POLICY, is_enabled: false, allowed_types: [] });
    expect(words()).toContain('Saved');
  });

  it('ux-51 keep what was chosen when saving fails, and say why', async () => {
    await load();
    await set('PDF', false);
    await save();
    server
      .expectOne('/api/admin/attachment-policy/')
      .flush(null, { status: 503, statusText: 'unavailable' });
    await settled();
    expect(words()).toContain('The settings were not saved. The service is not available');
    expect(control('PDF').checked).toBe(false);
  });

  it('ux-51 tell when they cannot be loaded, with a way to try again', async () => {
    server
      .expectOne('/api/chat/attachment-policy/')
      .flush(null, { status: 503, statusText: 'unavailable' });
    await settled();
    expect(words()).toContain('The settings could not be loaded');
    host().querySelector<HTMLButtonElement>('sc-error-state button')?.click();
    await load();
    expect(host().querySelector('form')).not.toBeNull();
  });
});
