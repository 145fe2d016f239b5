import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { LoneTransport } from '../../platform/bus/lone-transport';
import { NewsBus } from '../../platform/bus/news-bus';
import { SESSION_NEWS } from '../sessions/session.topic';
import { USER_NEWS } from '../users/user.topic';
import type { Caller } from './caller';
import { CallerMemory } from './caller-memory';

const caller = (id: number, sessionFamily: string): Caller => ({
  id,
  sessionFamily,
  email: 'sam@school.test',
  name: 'Sam',
  role: 'user',
  createdAt: new Date(),
});

describe('caller memory', () => {
  let bus: NewsBus;
  let memory: CallerMemory;
  const later = (): number => Date.now() + 900_000;

  beforeEach(async () => {
    jest.useFakeTimers();
    bus = new NewsBus('me', [new LoneTransport('me')]);
    memory = new CallerMemory(bus);
    await bus.start();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const remember = (token: string, who: Caller): void => {
    memory.remember(token, who, later(), memory.version);
  };

  it('knows a token until it expires', async () => {
    remember('token', caller(1, 'a'));
    expect(memory.find('token')).toEqual(caller(1, 'a'));
    expect(memory.find('other')).toBeUndefined();
    await jest.advanceTimersByTimeAsync(899_999);
    expect(memory.find('token')).toBeDefined();
    jest.advanceTimersByTime(1);
    expect(memory.find('token')).toBeUndefined();
  });

  it('A031 forgets every token of a user who changed, and only theirs', () => {
    remember('a1', caller(1, 'a'));
    remember('b1', caller(1, 'b'));
    remember('c2', caller(2, 'c'));
    bus.tell(USER_NEWS, { id: 1 });
    expect(['a1', 'b1', 'c2'].filter((token) => memory.find(token))).toEqual(['c2']);
  });

  it('R17 forgets every token of a session that ended, and only its', () => {
    remember('a1', caller(1, 'a'));
    remember('a2', caller(1, 'a'));
    remember('b1', caller(1, 'b'));
    bus.tell(SESSION_NEWS, { family: 'a', user_id: 1 });
    expect(['a1', 'a2', 'b1'].filter((token) => memory.find(token))).toEqual(['b1']);
  });

  it('does not keep what was read before news came', () => {
    const { version } = memory;
    bus.tell(USER_NEWS, { id: 1 });
    memory.remember('token', caller(1, 'a'), later(), version);
    expect(memory.find('token')).toBeUndefined();
  });

  it('knows nobody while news may be missed, and nobody of before afterwards', async () => {
    remember('before', caller(1, 'a'));
    await bus.stop();
    expect(memory.find('before')).toBeUndefined();
    remember('during', caller(1, 'a'));
    await bus.start();
    expect(memory.find('before')).toBeUndefined();
    expect(memory.find('during')).toBeUndefined();
  });

  it('stays bounded, the oldest going first', () => {
    for (let id = 0; id <= 50_000; id += 1) remember(`token ${id}`, caller(id, `family ${id}`));
    expect(memory.find('token 0')).toBeUndefined();
    expect(memory.find('token 1')).toBeDefined();
    expect(memory.find('token 50000')).toBeDefined();
  });
});
