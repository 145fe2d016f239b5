import { LiveAnnouncer } from '@angular/cdk/a11y';
import { signal } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { CHAT_VIEWER, ConversationStore, FileHold } from '@support-chat/chat-data-access';
import {
  AttachmentPolicyStore,
  ImageChoice,
  Uploads,
} from '@support-chat/chat-data-access/attachments';
import type { Failure, FieldCode } from '@support-chat/contracts';
import { provideTestI18n } from '@support-chat/ui/testing';
import { FAILURE, MONA } from '../testing/fake-conversation.store';
import {
  DOCUMENT,
  FakePolicies,
  FakeUploads,
  PICTURE,
  readyUpload,
  uploadOf,
} from '../testing/fake-uploads';
import { AttachmentTrayComponent } from './attachment-tray.component';
import { FileIntake } from './file-intake';

describe('attachment tray', () => {
  let fixture: ComponentFixture<AttachmentTrayComponent>;
  let uploads: FakeUploads;
  let policies: FakePolicies;
  let intake: FileIntake;
  let spoken: [string, string][];

  const words = () => (fixture.nativeElement as HTMLElement).textContent;

  beforeEach(async () => {
    localStorage.clear();
    spoken = [];
    const live = {
      announce: (text: string, politeness: string) => {
        spoken.push([text, politeness]);
        return Promise.resolve();
      },
    };
    TestBed.configureTestingModule({
      providers: [
        provideTestI18n(),
        { provide: CHAT_VIEWER, useValue: signal(MONA) },
        { provide: ConversationStore, useValue: { conversation: signal({ id: 1 }) } },
        FileIntake,
        FakeUploads,
        FakePolicies,
        { provide: Uploads, useExisting: FakeUploads },
        { provide: AttachmentPolicyStore, useExisting: FakePolicies },
        { provide: LiveAnnouncer, useValue: live },
      ],
    });
    uploads = TestBed.inject(FakeUploads);
    policies = TestBed.inject(FakePolicies);
    intake = TestBed.inject(FileIntake);
    fixture = TestBed.createComponent(AttachmentTrayComponent);
    await fixture.whenStable();
  });

  it('ux-33 tells the page kinds and size before anything is chosen', () => {
    expect(policies.asked).toBe(1);
    expect(intake.rules()).toEqual({
      isEnabled: true,
      accept: 'image/jpeg,.jpg,.jpeg,application/pdf,.pdf',
      hint: 'Up to 10 MB each: JPG, PDF',
      limit: 'JPG, PDF up to 10 MB',
    });
  });

  it('takes what arrives once the policy is known, and nothing where files are off', async () => {
    const policy = policies.policy();
    policies.policy.set(null);
    intake.add([new File(['x'], 'early.pdf')]);
    await fixture.whenStable();
    expect(uploads.calls).toEqual([]);
    policies.policy.set(policy);
    await fixture.whenStable();
    expect(uploads.calls).toEqual(['add 1 early.pdf']);
    expect(intake.isBusy()).toBe(true);
    expect(TestBed.inject(FileHold).waiting()).toEqual([]);

    policies.policy.update((known) => known && { ...known, is_enabled: false });
    await fixture.whenStable();
    intake.add([new File(['x'], 'late.pdf')]);
    await fixture.whenStable();
    expect(uploads.calls).toHaveLength(1);
  });

  it('ux-33 says in words how far each file is and what is wrong with it', async () => {
    uploads.list.set([
      uploadOf('a'),
      uploadOf('b', { state: 'uploading', progress: 0.5 }),
      uploadOf('c', { state: 'uploading', progress: 1 }),
      readyUpload('d', DOCUMENT),
      uploadOf('e', { state: 'refused', refusal: 'size' }),
      uploadOf('f', { state: 'refused', refusal: 'type' }),
      uploadOf('i', { state: 'refused', refusal: 'pixels' }),
      uploadOf('g', { state: 'failed', failure: { ...FAILURE, code: 'payload_too_large' } }),
      uploadOf('h', { state: 'failed', failure: FAILURE }),
    ]);
    await fixture.whenStable();
    const details = [...(fixture.nativeElement as HTMLElement).querySelectorAll('.detail')];
    expect(details.map((detail) => detail.textContent.trim())).toEqual([
      'Waiting…',
      '50% of 2 kB',
      'Checking…',
      '2 kB',
      'Larger than 10 MB',
      'This kind of file is not accepted',
      'This image has too many pixels',
      'Larger than 10 MB',
      'The service is not available right now. We keep trying.',
    ]);
  });

  it.each<[string, string, ...FieldCode[]]>([
    ['a.pdf', 'This kind of file is not accepted', 'not_allowed'],
    ['a.txt', 'Text files must be plain text in UTF-8', 'not_allowed'],
    ['a.jpg', 'This image is damaged, animated, or has too many pixels', 'bad_format'],
    ['a.pdf', 'Empty files and folders cannot be sent', 'too_short'],
    ['a.pdf', 'The file did not arrive whole. Please try again.'],
  ])('ux-33 says why the server does not take %s: %s', async (name, expected, ...codes) => {
    policies.policy.update((known) => known && { ...known, allowed_types: ['text/plain'] });
    const errors = codes.map((code) => ({ field: 'file', code, detail: '' }));
    const failure: Failure = { ...FAILURE, code: 'validation_failed', status: 400, errors };
    uploads.list.set([uploadOf('a', { file: new File(['x'], name), state: 'failed', failure })]);
    await fixture.whenStable();
    expect(words()).toContain(expected);
  });

  it('ux-33 says of text what is wrong with its kind once text is not taken any more', async () => {
    const errors = [{ field: 'file', code: 'not_allowed' as const, detail: '' }];
    const failure: Failure = { ...FAILURE, code: 'validation_failed', status: 400, errors };
    const file = new File(['x'], 'a.txt', { type: 'text/plain' });
    uploads.list.set([uploadOf('a', { file, state: 'failed', failure })]);
    await fixture.whenStable();
    expect(words()).toContain('This kind of file is not accepted');
  });

  it('ux-33 says that files are switched off', async () => {
    const failure: Failure = { ...FAILURE, code: 'forbidden', status: 403 };
    uploads.list.set([uploadOf('a', { state: 'failed', failure })]);
    await fixture.whenStable();
    expect(words()).toContain('Files cannot be sent at the moment');
  });

  it('ux-33 says that an image goes out smaller, and why', async () => {
    const file = new File(['x'.repeat(3 * 1024 * 1024)], 'a.jpg', { type: 'image/jpeg' });
    const small = new File(['x'.repeat(400 * 1024)], 'a.jpg', { type: 'image/jpeg' });
    uploads.list.set([
      uploadOf('a', { file, state: 'preparing' }),
      {
        ...readyUpload('b', PICTURE),
        file,
        outgoing: { file: small, smaller: 'chosen', refusal: null },
      },
      {
        ...readyUpload('c', PICTURE),
        file,
        outgoing: { file: small, smaller: 'limit', refusal: null },
      },
    ]);
    await fixture.whenStable();
    const details = [...(fixture.nativeElement as HTMLElement).querySelectorAll('.detail')];
    expect(details.map((detail) => detail.textContent.trim())).toEqual([
      'Preparing…',
      '400 kB instead of 3 MB',
      'Shrunk to fit: 400 kB',
    ]);
    expect(spoken).toEqual([
      ['a.jpg is uploaded', 'polite'],
      ['a.jpg is uploaded, made smaller to fit', 'polite'],
    ]);
  });

  it('ux-33 offers to send smaller images, where there is a large one', async () => {
    const box = () =>
      (fixture.nativeElement as HTMLElement).querySelector<HTMLInputElement>(
        'input[type=checkbox]',
      );
    const file = new File(['x'.repeat(2 * 1024 * 1024)], 'a.jpg', { type: 'image/jpeg' });
    uploads.list.set([
      uploadOf('a'),
      uploadOf('b', { file, state: 'refused', refusal: 'type' }),
      uploadOf('c', { file, outgoing: { file, smaller: 'limit', refusal: null } }),
    ]);
    await fixture.whenStable();
    expect(box()).toBeNull();
    uploads.list.set([uploadOf('a'), uploadOf('b', { file })]);
    await fixture.whenStable();
    expect(box()?.labels?.[0]?.textContent.trim()).toBe('Send images smaller (faster)');
    expect(box()?.checked).toBe(false);
    box()?.click();
    expect(uploads.calls).toEqual(['chooseSmaller true']);
    TestBed.inject(ImageChoice).choose(true);
    await fixture.whenStable();
    expect(box()?.checked).toBe(true);
  });

  it('hands out what is ready, without what only the upload needs', () => {
    expect(intake.canSend()).toBe(false);
    uploads.list.set([readyUpload('a', PICTURE), uploadOf('b', { state: 'failed' })]);
    expect([intake.canSend(), intake.isBusy()]).toEqual([true, false]);
    expect(intake.attachments()).toEqual([PICTURE]);
  });

  it('ux-33 says that a message sent too early waits for its files', async () => {
    uploads.list.set([readyUpload('a', PICTURE), uploadOf('b', { state: 'uploading' })]);
    expect(intake.isBusy()).toBe(true);
    intake.postpone('early');
    await fixture.whenStable();
    expect(words()).toContain('Sent as soon as the files are uploaded');
    uploads.list.set([readyUpload('a', PICTURE), readyUpload('b', DOCUMENT)]);
    await fixture.whenStable();
    expect(uploads.calls).toEqual(['sent photo.jpg,notes.pdf']);
    expect(words()).not.toContain('Sent as soon as');
  });

  it('ux-59 says each end once: success politely, failure at once', async () => {
    uploads.list.set([uploadOf('a'), uploadOf('b', { state: 'refused', refusal: 'type' })]);
    await fixture.whenStable();
    uploads.list.update(([, refused]) => [
      readyUpload('a', DOCUMENT),
      ...(refused ? [refused] : []),
    ]);
    await fixture.whenStable();
    expect(spoken).toEqual([
      ['b.pdf: This kind of file is not accepted', 'assertive'],
      ['a.pdf is uploaded', 'polite'],
    ]);
  });

  it('ux-59 says anew what is known better, and why the size that was chosen last does not go', async () => {
    const failure = { ...FAILURE, code: 'payload_too_large' } as const;
    uploads.list.set([uploadOf('a', { state: 'failed', failure })]);
    await fixture.whenStable();
    policies.policy.update((known) => known && { ...known, max_bytes: 2 * 1024 * 1024 });
    await fixture.whenStable();
    uploads.list.set([{ ...readyUpload('a', DOCUMENT), failure }]);
    await fixture.whenStable();
    expect(spoken).toEqual([
      ['a.pdf: Larger than 10 MB', 'assertive'],
      ['a.pdf: Larger than 2 MB', 'assertive'],
      ['a.pdf: Goes with 2 kB. The other size: Larger than 2 MB', 'assertive'],
    ]);
  });
});
