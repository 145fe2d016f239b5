import { jest } from '@jest/globals';
import { type WritableSignal, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { of } from 'rxjs';
import { Composing } from '../composing';
import { Drafts } from '../drafts';
import { Outbox } from '../outbox';
import { CHAT_ACCESS } from '../socket/chat-access';
import { ADMIN, USER, chatTestBed } from '../testing/chat-test-bed';
import { FakeImageScaler } from '../testing/fake-image-scaler';
import { FakeXmlHttpRequest } from '../testing/fake-xml-http-request';
import { POLICY, fileOf, stagedAttachment } from '../testing/files';
import type { Viewer } from '../viewer';
import { AttachmentPolicyStore } from './attachment-policy.store';
import { ImageScaler } from './image-scaler';
import { FileHold } from './file-hold';
import { PostponedSender } from './postponed-sender';
import { Uploads } from './uploads';

describe('PostponedSender', () => {
  let hold: FileHold;
  let uploads: Uploads;
  let outbox: Outbox;
  let drafts: Drafts;
  let viewer: WritableSignal<Viewer | null>;
  let learnPolicy: (maxBytes?: number) => void;

  const pdf = (name = 'a.pdf') => fileOf(name, 'application/pdf');
  const queued = () =>
    outbox
      .entries()
      .map(({ conversationId: id, content, attachment }) => [id, content, attachment?.id ?? null]);
  const answer = (index: number, id: number) => {
    FakeXmlHttpRequest.opened[index]?.answer(201, stagedAttachment(id));
    TestBed.tick();
  };
  /** Files are read in turn: what was begun before is through by then. */
  const settle = async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      await new Blob(['x']).arrayBuffer();
      await jest.advanceTimersByTimeAsync(0);
    }
  };
  /** As an open conversation has it. */
  const compose = () => {
    const composing = TestBed.runInInjectionContext(() => new Composing(signal(7)));
    TestBed.tick();
    return composing;
  };

  beforeEach(() => {
    localStorage.clear();
    jest.useFakeTimers();
    FakeXmlHttpRequest.install();
    const access = {
      current: () => of({ value: 'token', renewAt: Infinity }),
      refused: () => undefined,
    };
    const bed = chatTestBed(USER, [
      { provide: CHAT_ACCESS, useValue: access },
      FakeImageScaler,
      { provide: ImageScaler, useExisting: FakeImageScaler },
    ]);
    ({ viewer } = bed);
    hold = TestBed.inject(FileHold);
    TestBed.inject(PostponedSender);
    uploads = TestBed.inject(Uploads);
    outbox = TestBed.inject(Outbox);
    drafts = TestBed.inject(Drafts);
    learnPolicy = (maxBytes = POLICY.max_bytes) => {
      TestBed.inject(AttachmentPolicyStore).refresh();
      bed.server
        .expectOne('/api/chat/attachment-policy/')
        .flush({ ...POLICY, max_bytes: maxBytes });
      TestBed.tick();
    };
  });

  afterEach(() => {
    TestBed.resetTestingModule();
    jest.useRealTimers();
  });

  it('uploads what was chosen, as soon as it is known what may be sent', () => {
    hold.add(7, [pdf()]);
    TestBed.tick();
    expect([uploads.of(7).length, hold.count()]).toEqual([0, 1]);
    learnPolicy();
    expect(uploads.of(7)).toMatchObject([{ state: 'uploading' }]);
    expect([hold.waiting(), hold.count()]).toEqual([[], 1]);
  });

  it('ux-33 sends a message whose conversation was left while it uploaded: in order, once', () => {
    learnPolicy();
    drafts.write(7, 'two files ');
    hold.add(7, [pdf('a.pdf'), pdf('b.pdf')]);
    hold.postpone(7, 'two files');
    TestBed.tick();
    answer(1, 2);
    expect(queued()).toEqual([]);
    answer(0, 1);
    const whole = [
      [7, 'two files', 1],
      [7, '', 2],
    ];
    expect(queued()).toEqual(whole);
    expect([uploads.of(7), hold.count(), drafts.read(7)]).toEqual([[], 0, '']);
    TestBed.tick();
    expect(queued()).toEqual(whole);
  });

  it('ux-33 empties the field of the open conversation when its message goes out', () => {
    learnPolicy();
    const composing = compose();
    composing.draft.set('here it is');
    hold.add(7, [pdf()]);
    hold.postpone(7, 'here it is');
    TestBed.tick();
    answer(0, 1);
    expect(queued()).toEqual([[7, 'here it is', 1]]);
    expect(composing.draft()).toBe('');
  });

  it('ux-33 sends nothing by itself once its text is being changed', () => {
    learnPolicy();
    const composing = compose();
    composing.draft.set('early');
    hold.add(7, [pdf()]);
    hold.postpone(7, 'early');
    TestBed.tick();
    composing.draft.set('early, and half a sen');
    TestBed.tick();
    answer(0, 1);
    expect([queued(), composing.draft()]).toEqual([[], 'early, and half a sen']);
  });

  it('a file that fails stops its message, and its text stays a draft', () => {
    learnPolicy();
    drafts.write(7, 'with both');
    hold.add(7, [pdf('a.pdf'), pdf('b.pdf')]);
    hold.postpone(7, 'with both');
    TestBed.tick();
    FakeXmlHttpRequest.opened[0]?.answer(413, {});
    answer(1, 2);
    expect([queued(), hold.of(7), drafts.read(7)]).toEqual([[], null, 'with both']);
  });

  it('ux-33 the size that was chosen last fails: its message waits for its writer', async () => {
    URL.createObjectURL = () => 'blob:photo';
    URL.revokeObjectURL = () => undefined;
    learnPolicy(3_000_000);
    hold.add(7, [fileOf('photo.jpg', 'image/jpeg', 2_000_000)]);
    TestBed.tick();
    await settle();
    answer(0, 1);
    uploads.chooseSmaller(true);
    hold.postpone(7, 'please read the small print');
    TestBed.tick();
    await settle();
    FakeXmlHttpRequest.opened[1]?.answer(429, { code: 'quota_exceeded' });
    TestBed.tick();
    expect(uploads.of(7)).toMatchObject([{ state: 'ready', attachment: { id: 1 } }]);
    expect([queued(), hold.of(7)]).toEqual([[], null]);
  });

  it('ux-33 an image that proves too large only now stops its message as well', async () => {
    URL.createObjectURL = () => 'blob:photo';
    URL.revokeObjectURL = () => undefined;
    TestBed.inject(FakeImageScaler).drawn = null;
    learnPolicy();
    hold.add(7, [pdf(), fileOf('photo.jpg', 'image/jpeg', POLICY.max_bytes + 1)]);
    hold.postpone(7, 'with both');
    TestBed.tick();
    answer(0, 1);
    expect(queued()).toEqual([]);
    await jest.advanceTimersByTimeAsync(0);
    TestBed.tick();
    expect(uploads.of(7)).toMatchObject([{ state: 'ready' }, { state: 'refused' }]);
    expect([queued(), hold.of(7)]).toEqual([[], null]);
  });

  it('a message waits for files alone: without one it is not sent', () => {
    learnPolicy();
    hold.add(7, [pdf()]);
    hold.postpone(7, 'with a file');
    TestBed.tick();
    uploads.cancel(uploads.of(7)[0]?.id ?? '');
    TestBed.tick();
    expect([queued(), hold.of(7)]).toEqual([[], null]);
  });

  it('another viewer gets nothing of it', () => {
    hold.add(7, [pdf()]);
    hold.postpone(7, 'mine');
    viewer.set({ ...USER });
    expect(hold.of(7)?.text).toBe('mine');
    viewer.set(ADMIN);
    expect([hold.waiting(), hold.count()]).toEqual([[], 0]);
  });
});
