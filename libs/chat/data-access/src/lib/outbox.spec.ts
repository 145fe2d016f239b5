import { jest } from '@jest/globals';
import { TestBed } from '@angular/core/testing';
import { newClientId } from './client-id';
import { Drafts } from './drafts';
import { Outbox } from './outbox';
import { USER, chatTestBed } from './testing/chat-test-bed';
import { UnsentWork } from './unsent-work';

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('newClientId', () => {
  it('is a version 4 UUID, also without a secure context', () => {
    expect(newClientId()).toMatch(UUID_V4);
    const { randomUUID } = crypto;
    Object.defineProperty(crypto, 'randomUUID', { value: undefined, configurable: true });
    const ids = new Set(Array.from({ length: 100 }, newClientId));
    Object.defineProperty(crypto, 'randomUUID', { value: randomUUID, configurable: true });
    expect(ids.size).toBe(100);
    for (const id of ids) expect(id).toMatch(UUID_V4);
  });
});

describe('Outbox', () => {
  beforeEach(() => {
    localStorage.clear();
    chatTestBed();
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('keeps the order of writing, though the clock turns back', () => {
    const outbox = TestBed.inject(Outbox);
    outbox.add(7, 'one');
    jest.spyOn(Date, 'now').mockReturnValue(0);
    outbox.add(7, 'two');
    expect(outbox.entries().map(({ content }) => content)).toEqual(['one', 'two']);
    outbox.refresh();
    expect(outbox.entries().map(({ content }) => content)).toEqual(['one', 'two']);
  });

  it('shows what another tab queued', () => {
    const outbox = TestBed.inject(Outbox);
    const entry = outbox.add(7, 'mine');
    const other = { ...entry, clientId: newClientId(), content: 'theirs' };
    const key = `sc.outbox.1.${other.clientId}`;
    localStorage.setItem(key, JSON.stringify(other));
    dispatchEvent(new StorageEvent('storage', { key, storageArea: localStorage }));
    expect(outbox.entries().map(({ content }) => content)).toEqual(['mine', 'theirs']);
  });

  it('ignores records that are no entries', () => {
    localStorage.setItem('sc.outbox.1.a', '{"content":');
    localStorage.setItem('sc.outbox.1.b', '{"content":"half"}');
    expect(TestBed.inject(Outbox).entries()).toEqual([]);
  });

  it('keeps messages for the life of the page when the browser stores nothing', () => {
    jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    const outbox = TestBed.inject(Outbox);
    outbox.add(7, 'precious');
    outbox.refresh();
    expect(outbox.entries()).toMatchObject([{ content: 'precious' }]);
  });
});

describe('Drafts', () => {
  beforeEach(() => {
    localStorage.clear();
  });

  it('ux-32 survives a reload and never leaks to another conversation or person', () => {
    const { viewer } = chatTestBed();
    TestBed.inject(Drafts).write(7, 'half a thou');
    expect(TestBed.inject(Drafts).read(8)).toBe('');
    chatTestBed();
    expect(TestBed.inject(Drafts).read(7)).toBe('half a thou');
    chatTestBed({ ...USER, id: 12 });
    expect(TestBed.inject(Drafts).read(7)).toBe('');
    viewer.set(null);
  });

  it('tells of unsent work and deletes only the own', () => {
    chatTestBed({ ...USER, id: 12 });
    TestBed.inject(Drafts).write(7, 'theirs');
    chatTestBed();
    const unsent = TestBed.inject(UnsentWork);
    expect(unsent.exists()).toBe(false);
    TestBed.inject(Drafts).write(7, 'text');
    expect(unsent.exists()).toBe(true);
    TestBed.inject(Outbox).add(7, 'message');
    unsent.clear();
    expect(unsent.exists()).toBe(false);
    expect(Object.values(localStorage)).toEqual(['theirs']);
  });
});
