import { type Signal, computed, inject, signal } from '@angular/core';
import { takeUntilDestroyed, toObservable } from '@angular/core/rxjs-interop';
import type { Message, PresenceFrame, TypingFrame } from '@support-chat/contracts';
import { EMPTY, switchMap, timer } from 'rxjs';
import { CHAT_VIEWER } from '../viewer';
import { Liveness } from './liveness';

export interface Presence {
  userOnline: boolean;
  staffOnline: boolean;
}

interface Typist {
  id: number;
  name: string;
  /** Milliseconds since 1970. */
  until: number;
}

/** What the tab that has the socket tells the others. */
export interface CompanyNote {
  isLive: boolean;
  presence: Presence | null;
  typists: readonly Typist[];
}

/** Who else is in one conversation, who of them writes, and whether that is known at all. */
export class Company {
  private readonly viewer = inject(CHAT_VIEWER);
  private readonly people = signal<Presence | null>(null, { equal: samePresence });
  private readonly writing = signal<readonly Typist[]>([]);

  readonly liveness = new Liveness();
  /** Null while nobody can tell. */
  readonly presence = computed(() => (this.liveness.shown() === 'yes' ? this.people() : null));
  /** The names of those who write, first come first. */
  readonly typing = computed(() => this.writing().map(({ name }) => name), { equal: sameNames });
  /** Something of `note` may have changed. */
  readonly noted$ = toObservable(computed(() => this.note()));

  /** Made in an injection context. */
  constructor(conversationId: Signal<number | null>) {
    toObservable(conversationId)
      .pipe(takeUntilDestroyed())
      .subscribe(() => {
        this.people.set(null);
        this.writing.set([]);
      });
    toObservable(this.writing)
      .pipe(
        switchMap((typists) => {
          const next = Math.min(...typists.map(({ until }) => until));
          return typists.length === 0 ? EMPTY : timer(Math.max(next - Date.now(), 0));
        }),
        takeUntilDestroyed(),
      )
      .subscribe(() => {
        this.writing.update((typists) => typists.filter(({ until }) => until > Date.now()));
      });
  }

  hear(frame: TypingFrame | PresenceFrame): void {
    if (frame.type === 'presence') {
      this.people.set({ userOnline: frame.user_online, staffOnline: frame.staff_online });
    } else this.write(frame);
  }

  /** Whoever has sent a message has stopped writing it. */
  arrived(messages: readonly Message[]): void {
    const senders = new Set(messages.map(({ sender }) => sender.id));
    if (this.writing().some(({ id }) => senders.has(id))) {
      this.writing.update((typists) => typists.filter(({ id }) => !senders.has(id)));
    }
  }

  note(): CompanyNote {
    return { isLive: this.liveness.now(), presence: this.people(), typists: this.writing() };
  }

  /** Takes over what the tab with the socket knows. */
  adopt({ isLive, presence, typists }: CompanyNote): void {
    this.liveness.now.set(isLive);
    this.people.set(presence);
    this.writing.set(typists);
  }

  private write({ user: { id, name }, expires_in_ms: lasts }: TypingFrame): void {
    if (id === this.viewer()?.id) return; // In another browser of theirs.
    const typist = { id, name, until: Date.now() + lasts };
    this.writing.update((typists) =>
      typists.some((one) => one.id === id)
        ? typists.map((one) => (one.id === id ? typist : one))
        : [...typists, typist],
    );
  }
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, index) => name === b[index]);
}

function samePresence(a: Presence | null, b: Presence | null): boolean {
  return a?.userOnline === b?.userOnline && a?.staffOnline === b?.staffOnline;
}
