import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import type { AttachmentPolicy } from '@support-chat/contracts';
import { AttachmentSettingsStore } from './attachment-settings.store';

const POLICY: AttachmentPolicy = {
  is_enabled: true,
  allowed_types: ['application/pdf'],
  max_bytes: 1000,
};
const REFUSED = { status: 503, statusText: '' };

describe('AttachmentSettingsStore', () => {
  let server: HttpTestingController;
  let store: AttachmentSettingsStore;

  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [provideHttpClient(), provideHttpClientTesting(), AttachmentSettingsStore],
    });
    server = TestBed.inject(HttpTestingController);
    store = TestBed.inject(AttachmentSettingsStore);
  });

  async function load(): Promise<void> {
    const loaded = store.load();
    server.expectOne('/api/chat/attachment-policy/').flush(POLICY);
    await loaded;
  }

  it('loads, and loads again after a failure', async () => {
    expect([store.policy(), store.failure()]).toEqual([null, null]);
    const failed = store.load();
    server.expectOne('/api/chat/attachment-policy/').flush(null, REFUSED);
    await failed;
    expect([store.policy(), store.failure()?.code]).toEqual([null, 'unavailable']);
    await load();
    expect([store.failure(), store.policy()]).toEqual([null, POLICY]);
  });

  it('saves what the server then holds', async () => {
    await load();
    const saved = store.save({ ...POLICY, is_enabled: false });
    expect(store.isSaving()).toBe(true);
    const call = server.expectOne('/api/admin/attachment-policy/');
    expect([call.request.method, call.request.body]).toEqual([
      'PUT',
      { ...POLICY, is_enabled: false },
    ]);
    call.flush({ ...POLICY, is_enabled: false });
    expect(await saved).toBe(true);
    expect([store.isSaving(), store.policy()?.is_enabled]).toEqual([false, false]);
  });

  it('keeps what was stored when saving fails, and says why', async () => {
    await load();
    const saved = store.save({ ...POLICY, is_enabled: false });
    server.expectOne('/api/admin/attachment-policy/').flush(null, REFUSED);
    expect(await saved).toBe(false);
    expect(store.saveFailure()?.code).toBe('unavailable');
    expect(store.policy()).toEqual(POLICY);
  });
});
