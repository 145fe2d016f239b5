import type { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { of } from 'rxjs';
import { CHAT_ACCESS } from '../socket/chat-access';
import { USER, chatTestBed } from '../testing/chat-test-bed';
import { FakeImageScaler } from '../testing/fake-image-scaler';
import { FakeXmlHttpRequest } from '../testing/fake-xml-http-request';
import { POLICY, fileOf, stagedAttachment } from '../testing/files';
import { AttachmentPolicyStore } from './attachment-policy.store';
import { ImageChoice } from './image-choice';
import { ImageScaler } from './image-scaler';
import { Uploads } from './uploads';

const MAX_BYTES = 3_000_000;
const photo = (name: string, size = 2_000_000) => fileOf(name, 'image/jpeg', size);
const pdf = fileOf('a.pdf', 'application/pdf', 2_000_000);

describe('Uploads of large images', () => {
  let server: HttpTestingController;
  let uploads: Uploads;
  let scaler: FakeImageScaler;

  const requests = () => FakeXmlHttpRequest.opened;
  const sizes = () => requests().map(({ body }) => (body?.get('file') as File).size);
  const states = () => uploads.of(7).map(({ state }) => state);
  /** Files are read in turn: what was begun before is through by then, and what that began. */
  const settle = async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      await new Blob(['x']).arrayBuffer();
      await new Promise((resolve) => setTimeout(resolve));
    }
  };

  const takenBack = (id: number) => server.expectOne(`/api/chat/attachments/${id}/`);
  /** As it is, and then smaller. */
  const uploadBoth = async () => {
    uploads.chooseSmaller(false);
    uploads.add(7, [photo('a.jpg')]);
    await settle();
    requests().at(-1)?.answer(201, stagedAttachment(1));
    uploads.chooseSmaller(true);
    await settle();
    requests().at(-1)?.answer(201, stagedAttachment(2));
  };

  beforeEach(() => {
    localStorage.clear();
    FakeXmlHttpRequest.install();
    URL.createObjectURL = () => 'blob:photo';
    URL.revokeObjectURL = () => undefined;
    const access = {
      current: () => of({ value: 'token', renewAt: Infinity }),
      refused: () => undefined,
    };
    const bed = chatTestBed(USER, [
      { provide: CHAT_ACCESS, useValue: access },
      FakeImageScaler,
      { provide: ImageScaler, useExisting: FakeImageScaler },
    ]);
    server = bed.server;
    scaler = TestBed.inject(FakeImageScaler);
    TestBed.inject(AttachmentPolicyStore).refresh();
    const policy = { ...POLICY, max_bytes: MAX_BYTES };
    server.expectOne('/api/chat/attachment-policy/').flush(policy);
    uploads = TestBed.inject(Uploads);
  });

  afterEach(() => {
    TestBed.resetTestingModule();
  });

  it('ux-33 uploads the smaller image where it was chosen, and tells both sizes', async () => {
    TestBed.inject(ImageChoice).choose(true);
    uploads.add(7, [photo('a.jpg')]);
    expect(states()).toEqual(['preparing']);
    await settle();
    expect([states(), sizes()]).toEqual([['uploading'], [300_000]]);
    expect(uploads.of(7)[0]).toMatchObject({
      file: { size: 2_000_000 },
      outgoing: { smaller: 'chosen', file: { size: 300_000 } },
    });
  });

  it('ux-33 begins again with what is large when the choice changes, and with nothing else', async () => {
    uploads.add(7, [photo('a.jpg'), pdf, photo('queued.jpg')]);
    await settle();
    expect(sizes()).toEqual([2_000_000, 2_000_000]);
    uploads.chooseSmaller(true);
    await settle();
    expect(requests().map(({ isAborted }) => isAborted)).toEqual([false, true, false]);
    requests()[0]?.answer(201, stagedAttachment(1));
    requests()[2]?.answer(201, stagedAttachment(2));
    await settle();
    expect(states()).toEqual(['uploading', 'ready', 'ready']);
    expect(sizes().slice(2)).toEqual([300_000, 300_000]);
  });

  it('ux-33 replaces what has arrived once the other has, and has both for who changes back', async () => {
    await uploadBoth();
    expect(uploads.of(7)).toMatchObject([{ state: 'ready', attachment: { id: 2 } }]);
    uploads.chooseSmaller(false);
    await settle();
    expect(uploads.of(7)).toMatchObject([{ state: 'ready', attachment: { id: 1 } }]);
    uploads.chooseSmaller(true);
    await settle();
    expect(uploads.of(7)).toMatchObject([{ state: 'ready', attachment: { id: 2 } }]);
    expect(sizes()).toEqual([2_000_000, 300_000]);
    server.verify();
  });

  it('ux-33 takes back the size that was not sent, and both where nothing was', async () => {
    await uploadBoth();
    uploads.sent([stagedAttachment(2)]);
    expect(takenBack(1).request.method).toBe('DELETE');
    await uploadBoth();
    uploads.cancel(uploads.of(7)[0]?.id ?? '');
    for (const id of [1, 2]) expect(takenBack(id).request.method).toBe('DELETE');
    server.verify();
  });

  it('ux-33 goes back to what has arrived where the other does not', async () => {
    uploads.add(7, [photo('a.jpg')]);
    await settle();
    requests()[0]?.answer(201, stagedAttachment(1));
    uploads.chooseSmaller(true);
    await settle();
    expect(uploads.of(7)).toMatchObject([{ state: 'uploading', attachment: null }]);
    requests()[1]?.answer(429, { code: 'quota_exceeded' });
    expect(uploads.of(7)).toMatchObject([
      { state: 'ready', attachment: { id: 1 }, failure: { code: 'quota_exceeded' } },
    ]);
    uploads.chooseSmaller(false);
    await settle();
    expect(uploads.of(7)).toMatchObject([{ state: 'ready', attachment: { id: 1 }, failure: null }]);
    server.verify();
  });

  it('ux-33 has nothing ready while it is not known in which size it goes', async () => {
    uploads.add(7, [photo('a.jpg')]);
    await settle();
    uploads.chooseSmaller(true);
    requests()[0]?.answer(201, stagedAttachment(1));
    expect(states()).toEqual(['uploading']);
    await settle();
    expect(sizes()).toEqual([2_000_000, 300_000]);
    requests()[1]?.answer(201, stagedAttachment(2));
    expect(uploads.of(7)).toMatchObject([{ state: 'ready', attachment: { id: 2 } }]);
  });

  it('ux-33 goes on with what is under way for who changes their mind twice', async () => {
    uploads.add(7, [photo('a.jpg')]);
    await settle();
    uploads.chooseSmaller(true);
    uploads.chooseSmaller(false);
    requests()[0]?.answer(201, stagedAttachment(1));
    await settle();
    expect(uploads.of(7)).toMatchObject([{ state: 'ready', attachment: { id: 1 } }]);
    expect(requests()).toHaveLength(1);
  });

  it('ux-33 leaves it to the person to try again what failed meanwhile', async () => {
    uploads.add(7, [photo('a.jpg')]);
    await settle();
    uploads.chooseSmaller(true);
    requests()[0]?.answer(429, { code: 'quota_exceeded' });
    await settle();
    expect([states(), requests().length]).toEqual([['failed'], 1]);
    uploads.retry(uploads.of(7)[0]?.id ?? '');
    await settle();
    expect(sizes()).toEqual([2_000_000, 300_000]);
  });

  it('ux-33 uploads nothing anew that stays the same', async () => {
    scaler.drawn = null;
    uploads.add(7, [photo('ready.jpg'), photo('uploading.jpg')]);
    await settle();
    requests()[0]?.answer(201, stagedAttachment(1));
    uploads.chooseSmaller(true);
    await settle();
    expect(states()).toEqual(['ready', 'uploading']);
    expect([requests().length, requests()[1]?.isAborted]).toEqual([2, false]);
  });

  it('ux-33 fits an image that is too large, and refuses it only where that is not enough', async () => {
    uploads.add(7, [photo('a.jpg', MAX_BYTES + 1)]);
    await settle();
    expect([states(), sizes()]).toEqual([['uploading'], [300_000]]);
    expect(uploads.of(7)[0]?.outgoing?.smaller).toBe('limit');

    scaler.drawn = null;
    uploads.add(7, [photo('b.jpg', MAX_BYTES + 1)]);
    await settle();
    expect(uploads.of(7)[1]).toMatchObject({ state: 'refused', refusal: 'size' });
    expect(requests()).toHaveLength(1);
  });

  it('forgets an image that is taken out while it is made smaller', async () => {
    TestBed.inject(ImageChoice).choose(true);
    uploads.add(7, [photo('a.jpg')]);
    uploads.cancel(uploads.of(7)[0]?.id ?? '');
    await settle();
    expect([uploads.of(7), requests()]).toEqual([[], []]);
  });
});
