import { APP_BASE_HREF } from '@angular/common';
import { HttpErrorResponse } from '@angular/common/http';
import { Service, computed, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  type Failure,
  type PushSubscriptionBody,
  isProblem,
  readFailure,
} from '@support-chat/contracts';
import { firstValueFrom, fromEvent, startWith, switchMap, takeWhile } from 'rxjs';
import { LocalRecords } from '../local-records';
import { CHAT_VIEWER } from '../viewer';
import { NotificationChannelsStore } from './notification-channels.store';
import { NotificationsApi } from './notifications.api';
import { PushEnding } from './push-ending';
import { decodeKey, isSameKey } from './push-key';
import { PushWorker } from './push-worker';

/**
 * `unsupported`: the browser cannot; `unavailable`: the server does not; `blocked`: the person
 * said no, which only the browser's own settings can take back.
 */
export type PushState = 'unknown' | 'unsupported' | 'unavailable' | 'blocked' | 'off' | 'on';

/** `browser`: its push service cannot be reached, or it refuses; anything else is the server's. */
export type PushFailure = Failure | 'browser';

/** Of a test: the push service took the push, or nothing can be sent here until it is turned on again. */
export type PushTestResult = 'taken' | 'gone' | PushFailure;

/**
 * Pushes of the viewer to this device. Acts never reject: what fails shows in `failure`, and
 * `state` is what is true afterwards.
 */
@Service()
export class PushDevice {
  private readonly api = inject(NotificationsApi);
  private readonly channels = inject(NotificationChannelsStore);
  private readonly worker = inject(PushWorker);
  private readonly ending = inject(PushEnding);
  private readonly records = inject(LocalRecords);
  private readonly viewer = inject(CHAT_VIEWER);
  private readonly viewerId = computed(() => `${this.viewer()?.id ?? ''}`);
  /** Whose pushes this app shows in this browser: somebody else at it starts without. */
  private readonly ownerKey = `sc.push.owner:${inject(APP_BASE_HREF)}`;
  private readonly shown = signal<PushState>('unknown');
  private readonly lastFailure = signal<PushFailure | null>(null);
  private readonly busy = signal(false);

  readonly state = this.shown.asReadonly();
  readonly failure = this.lastFailure.asReadonly();
  readonly isBusy = this.busy.asReadonly();

  constructor() {
    // What kept the sign-out from the server may keep this from it, too.
    const again$ = fromEvent(globalThis, 'online').pipe(takeWhile(() => this.state() !== 'on'));
    this.ending.undone$
      .pipe(
        switchMap(() => again$.pipe(startWith(null))),
        takeUntilDestroyed(),
      )
      .subscribe(() => void this.renew());
  }

  /** At start, and whenever it is shown: keeps what the viewer chose here alive, asks nothing. */
  async renew(): Promise<void> {
    await this.act(async () => {
      const viewerId = this.viewerId();
      const registration = await this.worker.find();
      const subscription = await registration?.pushManager.getSubscription();
      if (this.records.read(this.ownerKey) !== viewerId) {
        if (subscription) await this.ending.run();
        return 'off';
      }
      return registration ? this.subscribe(registration, viewerId) : 'off';
    });
  }

  /** Call on a press: the browser may ask the person. */
  async turnOn(): Promise<void> {
    await this.act(async () => {
      const viewerId = this.viewerId();
      // First, while the browser remembers the press.
      if ((await Notification.requestPermission()) !== 'granted') return 'off';
      const state = await this.subscribe(await this.worker.install(), viewerId);
      if (state === 'on') this.records.write(this.ownerKey, viewerId);
      return state;
    });
  }

  async turnOff(): Promise<void> {
    await this.act(async () => {
      this.records.remove(this.ownerKey);
      return (await this.ending.run()) ? 'off' : 'on';
    });
  }

  /** Has a real push sent here, on the way that all of them take. Never rejects. */
  async test(): Promise<PushTestResult> {
    try {
      const registration = await this.worker.find();
      const subscription = await registration?.pushManager.getSubscription();
      if (subscription && (await this.isTaken(subscription.endpoint))) return 'taken';
      // Ended here too, so that turning on makes another.
      await subscription?.unsubscribe();
      this.shown.set('off');
      return 'gone';
    } catch (error) {
      return toPushFailure(error);
    }
  }

  private async act(work: () => Promise<PushState>): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.lastFailure.set(null);
    try {
      this.shown.set(this.worker.isSupported ? await work() : 'unsupported');
    } catch (error) {
      this.lastFailure.set(toPushFailure(error));
      this.shown.set('off');
    }
    if (this.shown() === 'off' && Notification.permission === 'denied') this.shown.set('blocked');
    this.busy.set(false);
  }

  private async subscribe(
    registration: ServiceWorkerRegistration,
    viewerId: string,
  ): Promise<PushState> {
    const { push_public_key: publicKey } = await this.channels.load();
    if (publicKey === null) return 'unavailable';
    if (Notification.permission !== 'granted') return 'off';
    const key = decodeKey(publicKey);
    const { pushManager } = registration;
    const known = await pushManager.getSubscription();
    const isCurrent = known !== null && isSameKey(known.options.applicationServerKey, key);
    if (known && !isCurrent) await known.unsubscribe();
    const options = { userVisibleOnly: true, applicationServerKey: key };
    const subscription = isCurrent ? known : await pushManager.subscribe(options);
    await firstValueFrom(this.api.subscribe(subscription.toJSON() as PushSubscriptionBody));
    if (this.viewerId() === viewerId) return 'on';
    // Somebody else came to the device meanwhile, and has not asked for it.
    await this.ending.run();
    return 'off';
  }

  /** False where the server, and not some proxy, says that it or the push service does not know it. */
  private async isTaken(endpoint: string): Promise<boolean> {
    try {
      await firstValueFrom(this.api.testPush({ endpoint }));
      return true;
    } catch (error) {
      const problem: unknown = error instanceof HttpErrorResponse ? error.error : null;
      if (isProblem(problem) && problem.code === 'not_found') return false;
      throw error;
    }
  }
}

function toPushFailure(error: unknown): PushFailure {
  return error instanceof DOMException ? 'browser' : readFailure(error);
}
