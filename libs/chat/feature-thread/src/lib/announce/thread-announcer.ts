import { LiveAnnouncer } from '@angular/cdk/a11y';
import { DestroyRef, Service, inject } from '@angular/core';
import { truncateCodePoints } from '@support-chat/contracts';
import { I18n, type MessageView, typingText } from '@support-chat/ui';
import type { MessageRow } from '../rows/thread-row';

/** Messages that come within this time are announced as one number. */
const BURST_MS = 1_000;
/** Nobody wants a whole page read out unasked. */
const SPOKEN_LENGTH = 200;

type State = MessageView['state'];

/**
 * Tells screen readers what happens in a thread, each thing once: others' messages politely and merged
 * in bursts, "Sent" for one's own, failures at once. What was there at the first look is history and
 * never read out. Provide it where the thread is.
 */
@Service({ autoProvided: false })
export class ThreadAnnouncer {
  private readonly live = inject(LiveAnnouncer);
  private readonly i18n = inject(I18n);

  private lastSeq: number | null = null;
  private states = new Map<string, State>();
  private pending: MessageView[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private typed = '';

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      clearTimeout(this.timer);
    });
  }

  /** Call with the messages of the thread, in order, whenever they changed. */
  follow(rows: readonly MessageRow[]): void {
    const newest = rows.findLast(({ seq }) => seq !== null)?.seq ?? 0;
    if (this.lastSeq !== null) {
      this.announceArrivals(rows, this.lastSeq);
      this.announceOwn(rows);
    }
    this.lastSeq = Math.max(newest, this.lastSeq ?? 0);
    this.states = new Map(rows.map(({ key, view }) => [key, view.state]));
  }

  /** Who writes is said when somebody begins, and not again before everybody has stopped (ux-21). */
  followTyping(names: readonly string[]): void {
    const begins = this.typed === '' && names.length > 0;
    this.typed = typingText(this.i18n, names);
    if (begins) this.say(this.typed);
  }

  say(words: string): void {
    this.speak(words, 'polite');
  }

  private announceArrivals(rows: readonly MessageRow[], lastSeq: number): void {
    const arrived = rows.filter(({ seq, view }) => (seq ?? 0) > lastSeq && view.side !== 'own');
    if (arrived.length === 0) return;
    this.pending.push(...arrived.map(({ view }) => view));
    this.timer ??= setTimeout(() => {
      this.flush();
    }, BURST_MS);
  }

  private flush(): void {
    const messages = this.pending;
    this.pending = [];
    this.timer = undefined;
    const [first] = messages;
    if (!first) return;
    this.say(
      messages.length === 1
        ? this.i18n.t('thread.announceMessage', {
            name: first.authorName,
            text: this.spoken(first),
          })
        : this.i18n.plural('thread.newMessages', messages.length),
    );
  }

  private announceOwn(rows: readonly MessageRow[]): void {
    for (const { key, view } of rows) {
      const before = this.states.get(key);
      if (before === view.state || view.side !== 'own') continue;
      if (view.state === 'failed') {
        this.speak(this.i18n.t('thread.announceFailed', { text: this.spoken(view) }), 'assertive');
      } else if (before === 'sending' && view.state !== 'sending') {
        this.say(this.i18n.t('thread.announceSent'));
      }
    }
  }

  private spoken({ text, attachment }: MessageView): string {
    const words = truncateCodePoints(text, SPOKEN_LENGTH);
    if (!attachment) return words;
    const { name, width } = attachment;
    const key = width === null ? 'attachment.spokenFile' : 'attachment.spokenImage';
    return [this.i18n.t(key, { name }), words].filter(Boolean).join('. ');
  }

  private speak(words: string, politeness: 'polite' | 'assertive'): void {
    // A reader that does not speak must not stop the thread; the announcer has no other failure.
    void this.live.announce(words, politeness);
  }
}
