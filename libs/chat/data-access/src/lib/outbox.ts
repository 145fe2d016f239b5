import { Service, computed, inject, linkedSignal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import type { Attachment, Failure } from '@support-chat/contracts';
import { newClientId } from './client-id';
import { LocalRecords } from './local-records';
import type { OutboxEntry } from './timeline';
import { CHAT_VIEWER } from './viewer';

/**
 * The viewer's messages that the server has not accepted yet, kept in this browser. Each has a
 * record of its own, so tabs never overwrite each other's.
 */
@Service()
export class Outbox {
  private readonly viewer = inject(CHAT_VIEWER);
  private readonly records = inject(LocalRecords);
  private readonly prefix = computed(() => `sc.outbox.${this.viewer()?.id ?? 'nobody'}.`);
  private readonly list = linkedSignal(() => this.load(this.prefix()));

  /** In the order of sending. */
  readonly entries = this.list.asReadonly();

  constructor() {
    this.records.changes$.pipe(takeUntilDestroyed()).subscribe((name) => {
      if (name === null || name.startsWith(this.prefix())) this.refresh();
    });
  }

  add(conversationId: number, content: string, attachment: Attachment | null = null): OutboxEntry {
    const queuedAt = Math.max(Date.now(), (this.list().at(-1)?.queuedAt ?? 0) + 1);
    const entry: OutboxEntry = {
      clientId: newClientId(),
      conversationId,
      content,
      attachment,
      queuedAt,
      state: 'sending',
      failure: null,
    };
    this.save(entry);
    return entry;
  }

  /** The text goes with the first file; each further one becomes a message of its own. */
  addMessage(conversationId: number, text: string, attachments: readonly Attachment[]): void {
    this.add(conversationId, text, attachments[0]);
    for (const attachment of attachments.slice(1)) this.add(conversationId, '', attachment);
  }

  /** The next one to send. */
  next(): OutboxEntry | null {
    return this.list().find(({ state }) => state === 'sending') ?? null;
  }

  fail(clientId: string, failure: Failure): void {
    this.change(clientId, { state: 'failed', failure });
  }

  retry(clientId: string): void {
    this.change(clientId, { state: 'sending', failure: null });
  }

  /** The server has it, or the person deleted it. */
  remove(clientId: string): void {
    this.records.remove(this.prefix() + clientId);
    this.list.update((list) => list.filter((entry) => entry.clientId !== clientId));
  }

  /** Reads again what other tabs may have changed. */
  refresh(): void {
    this.list.set(this.load(this.prefix()));
  }

  private change(clientId: string, change: Pick<OutboxEntry, 'state' | 'failure'>): void {
    const entry = this.list().find((one) => one.clientId === clientId);
    if (entry) this.save({ ...entry, ...change });
  }

  private save(entry: OutboxEntry): void {
    this.records.write(this.prefix() + entry.clientId, JSON.stringify(entry));
    this.list.update((list) =>
      [...list.filter(({ clientId }) => clientId !== entry.clientId), entry].sort(byQueue),
    );
  }

  private load(prefix: string): readonly OutboxEntry[] {
    return this.records
      .names(prefix)
      .map((name) => parseEntry(this.records.read(name)))
      .filter((entry) => entry !== null)
      .sort(byQueue);
  }
}

function byQueue(a: OutboxEntry, b: OutboxEntry): number {
  return a.queuedAt - b.queuedAt;
}

/** Null for what is no entry: something else wrote it, and it cannot be sent. */
function parseEntry(text: string | null): OutboxEntry | null {
  try {
    const entry = JSON.parse(text ?? 'null') as Partial<OutboxEntry> | null;
    const isWhole =
      typeof entry?.clientId === 'string' &&
      typeof entry.conversationId === 'number' &&
      typeof entry.content === 'string' &&
      typeof entry.queuedAt === 'number' &&
      (entry.state === 'sending' || entry.state === 'failed');
    return isWhole ? ({ failure: null, attachment: null, ...entry } as OutboxEntry) : null;
  } catch {
    return null;
  }
}
