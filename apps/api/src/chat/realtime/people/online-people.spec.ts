import { describe, expect, it } from '@jest/globals';
import { SOCKET_LIMITS } from '@support-chat/contracts';
import { OnlinePeople, REMOTE_MS, type OnlinePerson } from './online-people';

const sam: OnlinePerson = { id: 1, role: 'user' };
const ada: OnlinePerson = { id: 2, role: 'admin' };
const bob: OnlinePerson = { id: 3, role: 'admin' };
const { onlineAfterSocketMs, onlineAfterPollMs } = SOCKET_LIMITS;

describe('online people', () => {
  it('is online with a socket, and for 5 s after the last', () => {
    const people = new OnlinePeople();
    expect(people.connected(sam, true, 0)).toEqual({ person: sam, isHere: true, isOnline: true });
    expect([...people.expire(1e9)]).toEqual([]);
    expect(people.connected(sam, false, 1e9)).toBeNull();
    expect([...people.expire(1e9 + onlineAfterSocketMs - 1)]).toEqual([]);
    expect([...people.expire(1e9 + onlineAfterSocketMs)]).toEqual([
      { person: sam, isHere: false, isOnline: false },
    ]);
    expect(people.isOnline(sam.id)).toBe(false);
  });

  it('a page that is loaded anew does not go offline in between', () => {
    const people = new OnlinePeople();
    people.connected(sam, true, 0);
    expect(people.connected(sam, false, 10)).toBeNull();
    expect(people.connected(sam, true, 20)).toBeNull();
    expect([...people.expire(1e9)]).toEqual([]);
  });

  it('is online for 60 s after a poll', () => {
    const people = new OnlinePeople();
    expect(people.polled(sam, 0)).toMatchObject({ isOnline: true });
    expect(people.polled(sam, 30_000)).toBeNull();
    expect([...people.expire(30_000 + onlineAfterPollMs - 1)]).toEqual([]);
    expect([...people.expire(30_000 + onlineAfterPollMs)]).toHaveLength(1);
  });

  it('is online as long as another instance says so', () => {
    const people = new OnlinePeople();
    expect(people.heard(sam, 'other', REMOTE_MS, 0)).toEqual({ person: sam, isOnline: true });
    expect([...people.here()]).toEqual([]);
    expect([...people.expire(REMOTE_MS - 1)]).toEqual([]);
    expect(people.heard(sam, 'other', 1, 1)).toEqual({ person: sam, isOnline: false });
  });

  it('an instance that is gone without a word is not believed for ever', () => {
    const people = new OnlinePeople();
    people.heard(sam, 'other', REMOTE_MS, 0);
    expect([...people.expire(REMOTE_MS)]).toEqual([{ person: sam, isOnline: false }]);
  });

  it('what other instances said can be cut short, and is good when they say it again', () => {
    const people = new OnlinePeople();
    people.heard(sam, 'dead', REMOTE_MS, 0);
    people.heard(ada, 'alive', REMOTE_MS, 0);
    people.limitElsewhere(3_000);
    people.heard(ada, 'alive', REMOTE_MS, 0);
    expect([...people.expire(3_000)]).toEqual([{ person: sam, isOnline: false }]);
    expect(people.isOnline(ada.id)).toBe(true);
  });

  it('leaving here while at another instance is told to instances only', () => {
    const people = new OnlinePeople();
    people.connected(sam, true, 0);
    people.heard(sam, 'other', REMOTE_MS, 0);
    people.connected(sam, false, 0);
    expect([...people.expire(onlineAfterSocketMs)]).toEqual([{ person: sam, isHere: false }]);
    expect(people.isOnline(sam.id)).toBe(true);
  });

  it('staff are online from the first to the last of them', () => {
    const people = new OnlinePeople();
    expect(people.connected(ada, true, 0)).toMatchObject({ isStaffOnline: true });
    expect(people.connected(bob, true, 0)?.isStaffOnline).toBeUndefined();
    people.connected(ada, false, 0);
    expect([...people.expire(onlineAfterSocketMs)][0]?.isStaffOnline).toBeUndefined();
    people.connected(bob, false, 10_000);
    expect([...people.expire(20_000)]).toMatchObject([{ isStaffOnline: false }]);
    expect(people.isStaffOnline).toBe(false);
  });

  it('a student who becomes staff is found under their id', () => {
    const people = new OnlinePeople();
    people.connected(sam, true, 0);
    people.connected({ ...sam, role: 'admin' }, true, 0);
    people.connected(sam, false, 0);
    expect([...people.expire(1e6)]).toHaveLength(1);
    expect(people.isOnline(sam.id)).toBe(true);
  });
});
