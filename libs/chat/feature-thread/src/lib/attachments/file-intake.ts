import type { Attachment } from '@support-chat/contracts';
import { type Signal, Service, computed, signal } from '@angular/core';

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
  /** Kinds and size. */
  hint: string;
  /** Size alone. */
  limit: string;
}

/**
 * Where chosen, pasted and dropped files wait until the part that uploads them is loaded and takes
 * them. Provide it where the thread is.
 */
@Service({ autoProvided: false })
export class FileIntake {
  private readonly waiting = signal<readonly File[]>([]);

  readonly arrived = this.waiting.asReadonly();
  /** Null until they are known. */
  readonly rules = signal<FileRules | null>(null);
  /** Null until it is loaded. */
  readonly tray = signal<FileTray | null>(null);
  /** A message was sent too early and goes out with its files, when all of them have arrived. */
  readonly isPostponed = signal(false);

  readonly attachments = computed(() => this.tray()?.attachments() ?? []);
  readonly isBusy = computed(
    () => this.waiting().length > 0 || (this.tray()?.isUploading() ?? false),
  );
  /** There is something to send, now or when it is uploaded. */
  readonly canSend = computed(() => this.isBusy() || this.attachments().length > 0);

  add(files: readonly File[]): void {
    if (this.rules()?.isEnabled !== false) this.waiting.update((waiting) => [...waiting, ...files]);
  }

  take(): readonly File[] {
    const files = this.waiting();
    this.waiting.set([]);
    return files;
  }
}
