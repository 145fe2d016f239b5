import type { Attachment } from '@support-chat/contracts';
import { type Signal, Service, computed, effect, inject, signal, untracked } from '@angular/core';
import { ConversationStore, FileHold } from '@support-chat/chat-data-access';

/** What sending needs of the files to go along. */
export interface FileTray {
  /** Some are still on their way to the server. */
  readonly isUploading: Signal<boolean>;
  /** The files that are ready to go. */
  readonly attachments: Signal<readonly Attachment[]>;
  /** What was sent leaves the tray. */
  sent(attachments: readonly Attachment[]): void;
}

/** What may be sent, in the words the page uses before anything is chosen. */
export interface FileRules {
  isEnabled: boolean;
  /** As of the `accept` attribute. */
  accept: string;
  /** Every kind, and the size. */
  hint: string;
  /** The same in few words, for a place where it is always seen. */
  limit: string;
}

/**
 * Where a conversation's chosen, pasted and dropped files go, before and after the part that uploads
 * them is loaded. Provide it where the thread is.
 */
@Service({ autoProvided: false })
export class FileIntake {
  private readonly hold = inject(FileHold);
  private readonly store = inject(ConversationStore);
  /** Dropped before it was known which conversation this is. */
  private readonly early = signal<readonly File[]>([]);

  readonly conversationId = computed(() => this.store.conversation()?.id ?? null);
  private readonly held = computed(() => this.hold.of(this.conversationId()));
  /** Null until they are known. */
  readonly rules = signal<FileRules | null>(null);
  /** Null until it is loaded. */
  readonly tray = signal<FileTray | null>(null);
  private readonly hasNoTray = signal(false);
  /** A message was sent too early and goes out with its files, when all of them have arrived. */
  readonly isPostponed = computed(() => (this.held()?.text ?? null) !== null);

  /** The part that uploads cannot be had: text goes without the files, which wait on. */
  private readonly isStuck = computed(() => this.hasNoTray() && this.tray() === null);
  readonly attachments = computed(() => this.tray()?.attachments() ?? []);
  readonly isBusy = computed(
    () =>
      !this.isStuck() &&
      ((this.held()?.files.length ?? 0) > 0 || (this.tray()?.isUploading() ?? false)),
  );
  /** There is something to send, now or when it is uploaded. */
  readonly canSend = computed(() => this.isBusy() || this.attachments().length > 0);

  constructor() {
    effect(() => {
      const id = this.conversationId();
      const files = this.early();
      if (id === null || files.length === 0) return;
      this.early.set([]);
      untracked(() => {
        this.hold.add(id, files);
      });
    });
  }

  add(files: readonly File[]): void {
    if (this.rules()?.isEnabled === false) return;
    const id = this.conversationId();
    if (id === null) this.early.update((early) => [...early, ...files]);
    else this.hold.add(id, files);
  }

  /** The part that uploads could not be loaded: nothing waits for it until it is. */
  lose(): void {
    this.hasNoTray.set(true);
    const id = this.conversationId();
    if (id !== null) this.hold.release(id);
  }

  /** The message goes out with its files, as it is now, when they are uploaded. */
  postpone(text: string): void {
    const id = this.conversationId();
    if (id !== null) this.hold.postpone(id, text);
  }
}
