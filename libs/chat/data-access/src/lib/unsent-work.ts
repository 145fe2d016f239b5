import { Service, inject } from '@angular/core';
import { Drafts } from './drafts';
import { Outbox } from './outbox';

/** What the viewer wrote and the server does not have: ask before it is deleted on signing out. */
@Service()
export class UnsentWork {
  private readonly drafts = inject(Drafts);
  private readonly outbox = inject(Outbox);

  exists(): boolean {
    return this.outbox.entries().length > 0 || !this.drafts.isEmpty();
  }

  /** Deletes it from this browser; call while its writer is still signed in. */
  clear(): void {
    this.drafts.clear();
    for (const { clientId } of this.outbox.entries()) this.outbox.remove(clientId);
  }
}
