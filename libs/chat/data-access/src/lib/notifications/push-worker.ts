import { APP_BASE_HREF } from '@angular/common';
import { DOCUMENT, Service, inject } from '@angular/core';
import type { PushPayload } from '@support-chat/contracts';
import { EMPTY, type Observable, fromEvent, map } from 'rxjs';

/** What TypeScript's own types lack of Trusted Types: https://w3c.github.io/trusted-types/dist/spec/ */
interface TrustedTypes {
  createPolicy(name: string, rules: TrustedPolicy): TrustedPolicy;
}

interface TrustedPolicy {
  createScriptURL: (url: string) => string;
}

/**
 * What the worker tells the open pages: `PUSH` of one that came, `NOTIFICATION_CLICK` of its press,
 * and `BADGED` of one that marked the app's icon.
 */
export interface ToldByWorker {
  type: string;
  data: { notification: PushPayload['notification'] };
}

/** Named in the content security policy. */
const POLICY = 'support-chat#worker';

/** This app's worker in the browser: only who wants pushes has it. */
@Service()
export class PushWorker {
  private readonly window = inject(DOCUMENT).defaultView;
  private readonly scope = inject(APP_BASE_HREF);

  /** Browsers have workers only in secure contexts. */
  private readonly container = (this.window?.navigator as Partial<Navigator> | undefined)
    ?.serviceWorker;
  private policy: TrustedPolicy | undefined;

  readonly told$: Observable<ToldByWorker> = this.container
    ? fromEvent<MessageEvent<ToldByWorker>>(this.container, 'message').pipe(map(({ data }) => data))
    : EMPTY;

  readonly isSupported =
    this.container !== undefined &&
    this.window !== null &&
    'PushManager' in this.window &&
    'Notification' in this.window;

  /** Null while it is not installed. */
  async find(): Promise<ServiceWorkerRegistration | null> {
    if (!this.isSupported) return null;
    const found = await this.container?.getRegistration(this.scope);
    return found?.scope.endsWith(this.scope) === true ? found : null;
  }

  /** The notifications of this app that are on the screen. */
  async shown(): Promise<Notification[]> {
    try {
      const registration = await this.find();
      return (await registration?.getNotifications()) ?? [];
    } catch {
      return []; // The browser keeps none, as where its storage is blocked.
    }
  }

  /** Ready to be used. @throws when the browser refuses or its script cannot be fetched */
  async install(): Promise<ServiceWorkerRegistration> {
    if (!this.container) throw new Error('This browser has no service workers.');
    const script = this.trusted(`${this.scope}/push-worker.js`);
    const options = { scope: this.scope, updateViaCache: 'none' } as const;
    const registration = await this.container.register(script, options);
    return untilActive(registration);
  }

  private trusted(url: string): string {
    const types = (this.window as { trustedTypes?: TrustedTypes } | null)?.trustedTypes;
    // A page may make it once only; the address is this app's own.
    this.policy ??= types?.createPolicy(POLICY, { createScriptURL: (own) => own });
    return this.policy?.createScriptURL(url) ?? url;
  }
}

/** One can be subscribed only while its worker is active. */
async function untilActive(
  registration: ServiceWorkerRegistration,
): Promise<ServiceWorkerRegistration> {
  const worker = registration.installing ?? registration.waiting;
  if (registration.active ?? !worker) return registration;
  await new Promise<void>((resolve, reject) => {
    worker.addEventListener('statechange', () => {
      if (worker.state === 'activated') resolve();
      if (worker.state === 'redundant') reject(new Error('The worker could not be installed.'));
    });
  });
  return registration;
}
