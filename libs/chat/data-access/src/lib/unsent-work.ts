import { Service, inject } from '@angular/core';
import { FileHold } from './attachments/file-hold';
import { Drafts } from './drafts';
import { Outbox } from './outbox';

/** What the viewer wrote and the server does not have: ask before it is deleted on signing out. */
@Service()
export class UnsentWork {
  private readonly drafts = inject(Drafts);
  private readonly outbox = inject(Outbox);
  private readonly files = inject(FileHold);

  exists(): boolean {
    return this.outbox.entries().length > 0 || !this.drafts.isEmpty() || this.files.count() > 0;
  }

  /** Deletes it from this browser; call while its writer is still signed in. */
  clear(): void {
    this.drafts.clear();
    this.files.drop();
    for (const { clientId } of this.outbox.entries()) this.outbox.remove(clientId);
  }
}
