import { jest } from '@jest/globals';
import { TestBed } from '@angular/core/testing';
import { ANSWER_WITHIN_MS } from '@support-chat/contracts';
import { chatTestBed, cut } from '../testing/chat-test-bed';
import { POLICY } from '../testing/files';
import { AttachmentPolicyStore } from './attachment-policy.store';

const URL = '/api/chat/attachment-policy/';

describe('AttachmentPolicyStore', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => {
    TestBed.resetTestingModule();
    jest.useRealTimers();
  });

  function ask() {
    const { server } = chatTestBed();
    const store = TestBed.inject(AttachmentPolicyStore);
    store.refresh();
    return { server, store };
  }

  it('ux-33 asks again after a failure, ever more rarely', () => {
    const { server, store } = ask();
    for (const wait of [2_000, 4_000]) {
      cut(server.expectOne(URL));
      jest.advanceTimersByTime(wait - 1);
      server.expectNone(URL);
      jest.advanceTimersByTime(1);
    }
    server.expectOne(URL).flush(POLICY);
    expect(store.policy()).toEqual(POLICY);
  });

  it('ux-33 gives up an answer that never comes, and asks again', () => {
    const { server, store } = ask();
    const lost = server.expectOne(URL);
    jest.advanceTimersByTime(ANSWER_WITHIN_MS);
    expect(lost.cancelled).toBe(true);
    jest.advanceTimersByTime(2_000);
    server.expectOne(URL).flush(POLICY);
    expect(store.policy()).toEqual(POLICY);
  });
});
