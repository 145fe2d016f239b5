import type { ToldEnvelope } from './envelope';

/** Longer than a healthy process is ever silent: it beats each second. */
const SILENCE_MS = 3_000;

/** `again` was heard before; with `gap` something told in between, or before, was not heard. */
export type Hearing = 'next' | 'again' | 'gap';

interface Peer {
  heardAt: number;
  number: number;
  /** Up to which number of this process' it says to have heard. */
  hasHeard: number;
  /** Whether its last beat named this process: who does not know of us may tell us nothing. */
  knowsMe: boolean;
}

/**
 * Whether every process that may write is heard. Who is connected to the database and silent may
 * have changed something and not told it yet; who left without a goodbye may never tell it.
 */
export class RollCall {
  private readonly peers = new Map<string, Peer>();
  /** Who said goodbye and may still be connected for a moment. */
  private readonly departed = new Set<string>();
  /** Null: not known since the links stand. */
  private connected: ReadonlySet<string> | null = null;

  constructor(private readonly me: string) {}

  /** Nobody else is on the database; false while that is not known. */
  get isAlone(): boolean {
    const isMe = (instance: string): boolean => instance === this.me;
    return this.connected !== null && [...this.connected, ...this.peers.keys()].every(isMe);
  }

  /** Notes that an instance was heard telling something. */
  hear({ from, number }: ToldEnvelope, now: number): Hearing {
    const known = this.peers.get(from) ?? { number: 0, hasHeard: 0, knowsMe: from === this.me };
    const { number: last } = known;
    this.departed.delete(from);
    this.peers.set(from, { ...known, heardAt: now, number: Math.max(last, number) });
    if (number <= last) return 'again';
    return number === last + 1 ? 'next' : 'gap';
  }

  knows(instance: string): boolean {
    return this.peers.has(instance);
  }

  /** Up to which number each instance has been heard. */
  heard(): Record<string, number> {
    return Object.fromEntries([...this.peers].map(([instance, { number }]) => [instance, number]));
  }

  /** Notes what an instance says it has heard of all others. */
  noteHeard(instance: string, heard: unknown): void {
    const peer = this.peers.get(instance);
    if (!peer || typeof heard !== 'object' || heard === null) return;
    const number: unknown = Object.entries(heard).find(([name]) => name === this.me)?.[1];
    peer.knowsMe = typeof number === 'number';
    if (typeof number === 'number') peer.hasHeard = number;
  }

  /** Up to which number all others that are not silent have heard us; infinite without others. */
  heardByAll(now: number): number {
    let least = Number.POSITIVE_INFINITY;
    for (const [instance, { heardAt, hasHeard }] of this.peers) {
      if (instance !== this.me && now - heardAt <= SILENCE_MS) least = Math.min(least, hasHeard);
    }
    return least;
  }

  goodbye(instance: string): void {
    this.peers.delete(instance);
    this.departed.add(instance);
  }

  /** @returns whether somebody has gone without a goodbye */
  call(connected: ReadonlySet<string>): boolean {
    const gone = [...this.peers.keys()].filter((instance) => !connected.has(instance));
    for (const instance of gone) this.peers.delete(instance);
    for (const instance of this.departed) {
      if (!connected.has(instance)) this.departed.delete(instance);
    }
    this.connected = connected;
    return gone.length > 0;
  }

  /** Who is connected and has not been heard of late, or does not know us; null before the first call. */
  silent(now: number): string[] | null {
    if (this.connected === null) return null;
    return [...this.connected].filter((instance) => {
      const peer = this.peers.get(instance);
      const isHeard = peer?.knowsMe === true && now - peer.heardAt <= SILENCE_MS;
      return !isHeard && !this.departed.has(instance);
    });
  }

  /** The links were down: everybody must be heard anew. */
  forget(): void {
    this.peers.clear();
    this.departed.clear();
    this.connected = null;
  }
}
