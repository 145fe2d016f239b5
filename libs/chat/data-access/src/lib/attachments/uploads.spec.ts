import { jest } from '@jest/globals';
import type { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import type { FieldCode, ProblemCode } from '@support-chat/contracts';
import { of } from 'rxjs';
import { CHAT_ACCESS } from '../socket/chat-access';
import { ADMIN, USER, chatTestBed } from '../testing/chat-test-bed';
import { FakeXmlHttpRequest } from '../testing/fake-xml-http-request';
import { POLICY, fileOf, stagedAttachment } from '../testing/files';
import { UnsentWork } from '../unsent-work';
import { AttachmentPolicyStore } from './attachment-policy.store';
import type { Upload } from './upload';
import { FileHold } from './file-hold';
import { Uploads } from './uploads';

/** As the server says why it does not take a file. */
const problem = (code: ProblemCode, ofFile?: FieldCode) => ({
  code,
  errors: ofFile && [{ field: 'file', code: ofFile, detail: '' }],
});

describe('Uploads', () => {
  let server: HttpTestingController;
  let uploads: Uploads;
  let setViewer: (viewer: typeof USER) => void;
  let refused: string[];
  const revoked: string[] = [];

  const requests = () => FakeXmlHttpRequest.opened;
  const request = (index: number): FakeXmlHttpRequest => {
    const found = requests()[index];
    if (!found) throw new Error(`no request ${index}`);
    return found;
  };
  const upload = (index = 0): Upload => {
    const found = uploads.of(7)[index];
    if (!found) throw new Error(`no upload ${index}`);
    return found;
  };
  const states = () => uploads.of(7).map(({ state }) => state);
  const pdf = (name = 'a.pdf') => fileOf(name, 'application/pdf');

  beforeEach(() => {
    jest.useFakeTimers();
    FakeXmlHttpRequest.install();
    refused = [];
    revoked.length = 0;
    URL.createObjectURL = (blob) => `blob:${(blob as File).name}`;
    URL.revokeObjectURL = (url) => revoked.push(url);
    const access = {
      current: () => of({ value: `token-${refused.length}`, renewAt: Infinity }),
      refused: (value: string) => refused.push(value),
    };
    const bed = chatTestBed(USER, [{ provide: CHAT_ACCESS, useValue: access }]);
    server = bed.server;
    setViewer = (viewer) => {
      bed.viewer.set(viewer);
    };
    TestBed.inject(AttachmentPolicyStore).refresh();
    server.expectOne('/api/chat/attachment-policy/').flush(POLICY);
    uploads = TestBed.inject(Uploads);
  });

  afterEach(() => {
    TestBed.resetTestingModule();
    jest.useRealTimers();
  });

  it('ux-33 uploads several files two at a time, each with its own progress', () => {
    uploads.add(7, [pdf('a.pdf'), pdf('b.pdf'), pdf('c.pdf')]);
    expect(states()).toEqual(['uploading', 'uploading', 'waiting']);
    expect(request(0).url).toBe('POST /api/chat/conversations/7/attachments/');
    expect(request(0).headers.get('Authorization')).toBe('Bearer token-0');
    expect((request(0).body?.get('file') as File).name).toBe('a.pdf');

    request(0).progress(0.25);
    expect([upload(0).progress, upload(1).progress]).toEqual([0.25, 0]);
    request(1).answer(201, stagedAttachment(2));
    expect(states()).toEqual(['uploading', 'ready', 'uploading']);
    expect(upload(1).attachment?.id).toBe(2);
  });

  it('ux-33 says at once what cannot be sent, and never uploads it', () => {
    uploads.add(7, [fileOf('a.exe', 'application/x-msdownload'), fileOf('b.pdf', '', 1001)]);
    expect(states()).toEqual(['refused', 'refused']);
    expect(uploads.of(7).map(({ refusal }) => refusal)).toEqual(['type', 'size']);
    expect(requests()).toEqual([]);
  });

  it('ux-33 cancels what is under way, and what is still waiting', () => {
    uploads.add(7, [pdf(), pdf(), pdf('waiting.pdf')]);
    const [first, , last] = uploads.of(7);
    uploads.cancel(last?.id ?? '');
    uploads.cancel(first?.id ?? '');
    expect(request(0).isAborted).toBe(true);
    expect(requests()).toHaveLength(2);
    expect(uploads.of(7)).toHaveLength(1);
  });

  it('takes back from the server what was ready, but not what was sent', () => {
    uploads.add(7, [pdf(), pdf()]);
    request(0).answer(201, stagedAttachment(1));
    request(1).answer(201, stagedAttachment(2));
    uploads.sent([stagedAttachment(2)]);
    uploads.cancel(upload().id);
    expect(server.expectOne('/api/chat/attachments/1/').request.method).toBe('DELETE');
    expect(uploads.of(7)).toEqual([]);
    server.verify();
  });

  it('ux-33 tries a server that is not there a few times by itself, and at once when awake', async () => {
    uploads.add(7, [pdf()]);
    request(0).cut();
    expect(upload()).toMatchObject({ state: 'waiting', failure: null });
    await jest.advanceTimersByTimeAsync(2_000);
    request(1).responseHeaders = 'Retry-After: 5';
    request(1).answer(503, { code: 'unavailable', instance: 'req-1' });
    await jest.advanceTimersByTimeAsync(5_000);
    request(2).cut();
    dispatchEvent(new Event('online'));
    expect(upload().state).toBe('uploading');
    request(3).answer(201, stagedAttachment(1));
    expect(upload().state).toBe('ready');
  });

  it('ux-33 keeps a file that failed, with the reason, and sends it anew on retry', async () => {
    uploads.add(7, [pdf()]);
    request(0).cut();
    for (const index of [1, 2, 3]) {
      await jest.advanceTimersByTimeAsync(30_000);
      request(index).cut();
    }
    expect(upload()).toMatchObject({ state: 'failed', failure: { code: 'unreachable' } });
    uploads.retry(upload().id);
    expect(upload()).toMatchObject({ state: 'uploading', failure: null, progress: 0 });
    request(4).answer(429, { code: 'quota_exceeded', instance: 'req-1' });
    expect(upload().failure).toMatchObject({ code: 'quota_exceeded', requestId: 'req-1' });
  });

  it('gives up a line that stands still', async () => {
    uploads.add(7, [pdf()]);
    await jest.advanceTimersByTimeAsync(59_000);
    request(0).progress(0.5);
    await jest.advanceTimersByTimeAsync(59_000);
    expect(upload().state).toBe('uploading');
    await jest.advanceTimersByTimeAsync(1_000);
    expect(upload().state).toBe('waiting');
    expect(request(0).isAborted).toBe(true);
    await jest.advanceTimersByTimeAsync(240_000);
    expect(upload()).toMatchObject({ state: 'failed', failure: { code: 'unreachable' } });
  });

  it('waits as long as the server asks when many files come at once, and goes on by itself', async () => {
    uploads.add(7, [pdf()]);
    request(0).responseHeaders = 'Retry-After: 7';
    request(0).answer(429, { code: 'rate_limited', instance: 'req-1' });
    expect(upload()).toMatchObject({ state: 'waiting', failure: null });
    await jest.advanceTimersByTimeAsync(6_999);
    expect(requests()).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(1);
    request(1).answer(201, stagedAttachment(1));
    expect(upload().state).toBe('ready');
  });

  it('renews a token that was refused, once', () => {
    uploads.add(7, [pdf()]);
    request(0).answer(401, { code: 'token_expired' });
    expect(refused).toEqual(['token-0']);
    expect(request(1).headers.get('Authorization')).toBe('Bearer token-1');
    request(1).answer(401, { code: 'unauthenticated' });
    expect(requests()).toHaveLength(2);
    expect(upload().failure?.code).toBe('unauthenticated');
  });

  it.each([
    ['size', 413, 'a page of some proxy'],
    ['kind', 400, problem('validation_failed', 'not_allowed')],
    ['files at all', 403, problem('forbidden')],
  ])(
    'ux-33 asks for the policy again when the server refuses the %s it allowed',
    (_, status, body) => {
      uploads.add(7, [pdf()]);
      request(0).answer(status, body);
      expect(upload().state).toBe('failed');
      server.expectOne('/api/chat/attachment-policy/').flush({ ...POLICY, max_bytes: 5 });
      uploads.add(7, [pdf()]);
      expect(upload(1).refusal).toBe('size');
    },
  );

  it('does not doubt the policy for a file that is damaged', () => {
    uploads.add(7, [pdf()]);
    request(0).answer(400, problem('validation_failed', 'bad_format'));
    expect(upload().state).toBe('failed');
    server.expectNone('/api/chat/attachment-policy/');
  });

  it("shows a conversation's files in it alone, and to nobody else", () => {
    uploads.add(7, [pdf()]);
    expect(uploads.of(8)).toEqual([]);
    setViewer(ADMIN);
    expect(uploads.of(7)).toEqual([]);
  });

  it('forgets the files of whoever is signed out elsewhere', () => {
    uploads.add(7, [pdf(), fileOf('a.png', 'image/png')]);
    setViewer({ ...USER });
    TestBed.tick();
    expect([uploads.of(7).length, revoked]).toEqual([2, []]);
    setViewer(ADMIN);
    TestBed.tick();
    expect([TestBed.inject(FileHold).count(), revoked]).toEqual([0, ['blob:a.png']]);
    expect(request(0).isAborted).toBe(true);
  });

  it('lets go of the previews of images', () => {
    uploads.add(7, [fileOf('a.png', 'image/png'), pdf()]);
    expect(uploads.of(7).map(({ preview }) => preview)).toEqual(['blob:a.png', null]);
    uploads.cancel(upload().id);
    expect(revoked).toEqual(['blob:a.png']);
  });

  it('are unsent work: whoever leaves is asked first, and signing out deletes them', () => {
    const leave = () => {
      TestBed.tick();
      const event = new Event('beforeunload', { cancelable: true });
      dispatchEvent(event);
      return event.defaultPrevented;
    };
    const unsent = TestBed.inject(UnsentWork);
    uploads.add(7, [fileOf('never.exe', 'application/x-msdownload')]);
    expect([leave(), unsent.exists()]).toEqual([false, false]);
    uploads.add(7, [pdf()]);
    expect([leave(), unsent.exists()]).toEqual([true, true]);
    unsent.clear();
    expect(request(0).isAborted).toBe(true);
    expect([leave(), unsent.exists()]).toEqual([false, false]);
  });
});
