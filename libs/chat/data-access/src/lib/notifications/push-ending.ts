import { Service, inject } from '@angular/core';
import { Subject, defer, firstValueFrom, timeout } from 'rxjs';
import { NotificationsApi } from './notifications.api';
import { PushWorker } from './push-worker';

/** Nobody waits longer for the server, and for it all, while signing out. */
const TOLD_WITHIN_MS = 3_000;
const ENDED_WITHIN_MS = 5_000;

/**
 * Ends pushes to this device, also when a person signs out: nobody else at it sees what is theirs.
 * Never rejects: once the browser's side is gone, the push service tells the server.
 */
@Service()
export class PushEnding {
  private readonly api = inject(NotificationsApi);
  private readonly worker = inject(PushWorker);
  private readonly undone = new Subject<void>();

  /** The person stays after all, and with them their pushes. */
  readonly undone$ = this.undone.asObservable();

  /** Whether nothing arrives here any more. */
  async run(): Promise<boolean> {
    try {
      return await firstValueFrom(defer(() => this.end()).pipe(timeout(ENDED_WITHIN_MS)));
    } catch {
      return false; // The browser refused, or does not answer; what shows of pushes says so.
    }
  }

  /** The sign-out that it was run for has failed. */
  undo(): void {
    this.undone.next();
  }

  private async end(): Promise<boolean> {
    const [isGone] = await Promise.all([this.unsubscribe(), this.takeDown()]);
    return isGone;
  }

  private async unsubscribe(): Promise<boolean> {
    const registration = await this.worker.find();
    const subscription = await registration?.pushManager.getSubscription();
    if (!subscription) return true;
    const { endpoint } = subscription;
    const [isGone] = await Promise.all([subscription.unsubscribe(), this.tell(endpoint)]);
    return isGone;
  }

  /** Who comes next does not read who wrote. */
  private async takeDown(): Promise<void> {
    for (const shown of await this.worker.shown()) shown.close();
  }

  private async tell(endpoint: string): Promise<void> {
    try {
      await firstValueFrom(this.api.unsubscribe({ endpoint }).pipe(timeout(TOLD_WITHIN_MS)));
    } catch {
      // The push service tells the server at the next push that nobody is here.
    }
  }
}
