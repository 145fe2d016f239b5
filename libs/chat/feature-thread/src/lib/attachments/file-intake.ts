import { Service, signal } from '@angular/core';

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

  add(files: readonly File[]): void {
    if (this.rules()?.isEnabled !== false) this.waiting.update((waiting) => [...waiting, ...files]);
  }

  take(): readonly File[] {
    const files = this.waiting();
    this.waiting.set([]);
    return files;
  }
}
