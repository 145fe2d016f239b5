import { SOCKET_LIMITS, USER_ROLES, type UserRole } from '@support-chat/contracts';

export interface OnlinePerson {
  id: number;
  role: UserRole;
}

/** How long another instance's word holds; it repeats it three times in that time. */
export const REMOTE_MS = 60_000;

interface Person extends OnlinePerson {
  /** Has a socket at this instance. */
  isConnected: boolean;
  /** Here until then even without a socket, in milliseconds. */
  hereUntil: number;
  /** Online elsewhere until then, by instance. */
  elsewhere: Map<string, number>;
  wasHere: boolean;
  wasOnline: boolean;
}

/** Whose coming or going has to be told. */
export interface PresenceChange {
  person: OnlinePerson;
  /** To other instances: whether the person is here; undefined when that has not changed. */
  isHere?: boolean;
  /** To clients: whether the person is online anywhere; undefined when that has not changed. */
  isOnline?: boolean;
  /** To clients: the first of the staff came, or the last has gone. */
  isStaffOnline?: boolean;
}

/**
 * Who is online, here and at other instances: with a socket, for 5 s after the last, for 60 s after
 * a poll, or as long as another instance says so. Times are in milliseconds and given by the caller.
 */
export class OnlinePeople {
  /** By role and id: who changes roles comes as someone new, and as who they were they go. */
  private readonly people = new Map<string, Person>();
  private staff = 0;

  get isStaffOnline(): boolean {
    return this.staff > 0;
  }

  isOnline(userId: number): boolean {
    const roles = [USER_ROLES.user, USER_ROLES.admin];
    return roles.some((role) => this.people.get(keyOf({ id: userId, role }))?.wasOnline);
  }

  /** Everyone at this instance. */
  *here(): Iterable<OnlinePerson> {
    for (const person of this.people.values()) if (person.wasHere) yield person;
  }

  connected(who: OnlinePerson, isConnected: boolean, now: number): PresenceChange | null {
    const person = this.find(who);
    person.isConnected = isConnected;
    const until = isConnected ? 0 : now + SOCKET_LIMITS.onlineAfterSocketMs;
    person.hereUntil = Math.max(person.hereUntil, until);
    return this.settle(person, now);
  }

  polled(who: OnlinePerson, now: number): PresenceChange | null {
    const person = this.find(who);
    person.hereUntil = Math.max(person.hereUntil, now + SOCKET_LIMITS.onlineAfterPollMs);
    return person.wasHere ? null : this.settle(person, now);
  }

  /** @param until when another instance's word holds; what is over takes it back */
  heard(who: OnlinePerson, instance: string, until: number, now: number): PresenceChange | null {
    const person = this.find(who);
    if (until > now) person.elsewhere.set(instance, until);
    else person.elsewhere.delete(instance);
    return this.settle(person, now);
  }

  /** What other instances said holds until then at most, unless they say it again. */
  limitElsewhere(until: number): void {
    for (const { elsewhere } of this.people.values()) {
      for (const [instance, end] of elsewhere) elsewhere.set(instance, Math.min(end, until));
    }
  }

  /** Lets go of those whose time is over. */
  *expire(now: number): Iterable<PresenceChange> {
    for (const person of this.people.values()) {
      for (const [instance, until] of person.elsewhere) {
        if (until <= now) person.elsewhere.delete(instance);
      }
      const change = this.settle(person, now);
      if (change) yield change;
    }
  }

  private find(who: OnlinePerson): Person {
    const key = keyOf(who);
    const known = this.people.get(key);
    if (known) return known;
    const { id, role } = who;
    const elsewhere = new Map<string, number>();
    const away = { isConnected: false, hereUntil: 0, elsewhere, wasHere: false, wasOnline: false };
    const person = { id, role, ...away };
    this.people.set(key, person);
    return person;
  }

  private settle(person: Person, now: number): PresenceChange | null {
    const isHere = person.isConnected || person.hereUntil > now;
    const isOnline = isHere || person.elsewhere.size > 0;
    const change: PresenceChange = { person: { id: person.id, role: person.role } };
    if (isHere !== person.wasHere) change.isHere = isHere;
    if (isOnline !== person.wasOnline) {
      change.isOnline = isOnline;
      if (person.role === USER_ROLES.admin && this.countStaff(isOnline ? 1 : -1)) {
        change.isStaffOnline = isOnline;
      }
    }
    person.wasHere = isHere;
    person.wasOnline = isOnline;
    if (!isOnline) this.people.delete(keyOf(person));
    return change.isHere === undefined && change.isOnline === undefined ? null : change;
  }

  /** @returns whether the first came or the last has gone */
  private countStaff(step: 1 | -1): boolean {
    this.staff += step;
    return this.staff === (step === 1 ? 1 : 0);
  }
}

function keyOf({ id, role }: OnlinePerson): string {
  return `${role} ${id}`;
}
