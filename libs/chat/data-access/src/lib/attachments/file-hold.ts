import { DOCUMENT, Service, computed, effect, inject, linkedSignal, signal } from '@angular/core';
import { Subject } from 'rxjs';
import { CHAT_VIEWER } from '../viewer';

/** What waits in a conversation before, or for, its uploads. */
export interface HeldSend {
  conversationId: number;
  /** Chosen, and not yet taken by the part that uploads. */
  files: readonly File[];
  /** Of a message that goes out with its files once all are uploaded; null while none is to. */
  text: string | null;
}

/**
 * The viewer's files that are chosen and not sent, and messages that wait for them, for as long as
 * the page lives and without loading the part that uploads. Whoever leaves the page with some is
 * asked first; another viewer gets none of them.
 */
@Service()
export class FileHold {
  private readonly viewer = inject(CHAT_VIEWER);
  private readonly window = inject(DOCUMENT).defaultView;
  private readonly drops = new Subject<void>();
  private readonly sends = new Subject<{ conversationId: number; text: string }>();
  /** A computed, so that the same person with a renewed token is no change. */
  private readonly viewerId = computed(() => this.viewer()?.id ?? null);
  private readonly list = linkedSignal<number | null, readonly HeldSend[]>({
    source: this.viewerId,
    computation: () => [],
  });

  readonly waiting = this.list.asReadonly();
  /** Files that are being uploaded or have been; not those that can never be sent. */
  readonly uploads = signal(0);
  readonly count = computed(() =>
    this.waiting().reduce((sum, { files }) => sum + files.length, this.uploads()),
  );
  private readonly isHolding = computed(() => this.count() > 0);
  /** The files are to be forgotten. */
  readonly drop$ = this.drops.asObservable();
  /** A message that waited is in the outbox now. */
  readonly sent$ = this.sends.asObservable();

  constructor() {
    effect((onCleanup) => {
      if (!this.isHolding()) return;
      const listening = new AbortController();
      this.window?.addEventListener('beforeunload', askToStay, listening);
      onCleanup(() => {
        listening.abort();
      });
    });
  }

  of(conversationId: number | null): HeldSend | null {
    return this.waiting().find((held) => held.conversationId === conversationId) ?? null;
  }

  add(conversationId: number, files: readonly File[]): void {
    const before = this.of(conversationId)?.files ?? [];
    this.change(conversationId, { files: [...before, ...files] });
  }

  take(conversationId: number): readonly File[] {
    const files = this.of(conversationId)?.files ?? [];
    this.change(conversationId, { files: [] });
    return files;
  }

  /** The message is to go out with its files, when all of them are uploaded. */
  postpone(conversationId: number, text: string): void {
    this.change(conversationId, { text });
  }

  /** The message is not to go out by itself any more. */
  release(conversationId: number): void {
    this.change(conversationId, { text: null });
  }

  sent(conversationId: number, text: string): void {
    this.release(conversationId);
    this.sends.next({ conversationId, text });
  }

  drop(): void {
    this.list.set([]);
    this.drops.next();
  }

  private change(conversationId: number, change: Partial<HeldSend>): void {
    const before = this.of(conversationId) ?? { conversationId, files: [], text: null };
    const held = { ...before, ...change };
    const others = this.waiting().filter((other) => other.conversationId !== conversationId);
    const isEmpty = held.files.length === 0 && held.text === null;
    this.list.set(isEmpty ? others : [...others, held]);
  }
}

function askToStay(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
