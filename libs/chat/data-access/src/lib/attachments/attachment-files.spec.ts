import { jest } from '@jest/globals';
import { HttpEventType } from '@angular/common/http';
import type { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { ADMIN, chatTestBed, cut } from '../testing/chat-test-bed';
import { stagedAttachment } from '../testing/files';
import { AttachmentFiles } from './attachment-files';

describe('AttachmentFiles', () => {
  let server: HttpTestingController;
  let files: AttachmentFiles;
  let become: () => void;
  const image = stagedAttachment(1, { media_type: 'image/png', has_thumbnail: true });

  beforeEach(() => {
    const bed = chatTestBed();
    server = bed.server;
    become = () => {
      bed.viewer.set(ADMIN);
    };
    files = TestBed.inject(AttachmentFiles);
  });

  it('fetches a thumbnail once, and the image itself where there is none', () => {
    const got: Blob[] = [];
    files.thumbnail(image).subscribe((blob) => got.push(blob));
    server.expectOne('/api/chat/attachments/1/thumbnail/').flush(new Blob(['small']));
    files.thumbnail(image).subscribe((blob) => got.push(blob));
    expect(got).toHaveLength(2);
    files.thumbnail({ ...image, id: 2, has_thumbnail: false }).subscribe();
    server.expectOne('/api/chat/attachments/2/content/');
    server.verify();
  });

  it('forgets a failure, so that it can be tried again', () => {
    const failures: unknown[] = [];
    const error = (failure: unknown) => failures.push(failure);
    files.image(1).subscribe({ error });
    cut(server.expectOne('/api/chat/attachments/1/content/'));
    files.image(1).subscribe({ error });
    server.expectOne('/api/chat/attachments/1/content/');
    expect(failures).toHaveLength(1);
  });

  it('waits for a slow link as long as something comes', () => {
    jest.useFakeTimers();
    const outcomes: unknown[] = [];
    const note = (outcome: unknown) => outcomes.push(outcome);
    files.image(1).subscribe({ next: note, error: note });
    const slow = server.expectOne('/api/chat/attachments/1/content/');
    files.image(2).subscribe({ next: note, error: note });
    const dead = server.expectOne('/api/chat/attachments/2/content/');
    jest.advanceTimersByTime(59_000);
    slow.event({ type: HttpEventType.DownloadProgress, loaded: 1, total: 4 });
    jest.advanceTimersByTime(59_000);
    slow.flush(new Blob(['slow']));
    expect(outcomes).toEqual([expect.any(Error), expect.any(Blob)]);
    expect(dead.cancelled).toBe(true);
    jest.useRealTimers();
  });

  it('keeps a few large images only, those used last', () => {
    const look = (id: number) => {
      files.image(id).subscribe();
      const asked = server.match(`/api/chat/attachments/${id}/content/`);
      for (const call of asked) call.flush(new Blob(['x']));
      return asked.length;
    };
    expect([1, 2, 3, 4].map(look)).toEqual([1, 1, 1, 1]);
    expect(look(1)).toBe(0);
    expect(look(5)).toBe(1);
    expect([look(1), look(2)]).toEqual([0, 1]);
  });

  it('shows nobody what was fetched for somebody else', () => {
    files.image(1).subscribe();
    server.expectOne('/api/chat/attachments/1/content/').flush(new Blob(['x']));
    become();
    files.image(1).subscribe();
    server.expectOne('/api/chat/attachments/1/content/');
  });
});
