import {
  type BrowserContext,
  type CDPSession,
  type Page,
  type Worker,
  expect,
} from '@playwright/test';
import type { PushSubscriptionBody } from '@support-chat/contracts';
import { createECDH, randomBytes } from 'node:crypto';

/** What is kept of a subscription under the browser's storage. */
const KEPT = 'test.push';

/**
 * Stands in for the push service that a browser talks to: a browser in a test reaches none. It
 * issues subscriptions, and hands pushes to the worker as a service would.
 */
export class BrowserPushes {
  private session: CDPSession | null = null;
  /** By what they are for. */
  private readonly registrations = new Map<string, string>();

  private constructor(private readonly context: BrowserContext) {}

  /**
   * In all pages that are opened from now on; the person allows notifications.
   * @param issued the subscription to give; by default one at a service that nobody can reach
   */
  static async in(
    context: BrowserContext,
    issued: PushSubscriptionBody = unreachable(),
  ): Promise<BrowserPushes> {
    await context.grantPermissions(['notifications']);
    await context.addInitScript(issueSubscriptions, { issued, kept: KEPT });
    return new BrowserPushes(context);
  }

  /**
   * Delivers to the worker of an app, by way of a page that stays, until it is on the screen: the
   * browser forgets a notification that is asked for while it is on its way there.
   * @param app an address of the app, which need not be open
   */
  async deliver(page: Page, payload: object, app = page.url()): Promise<void> {
    const session = (this.session ??= await this.listen(page));
    const find = () => [...this.registrations].find(([scope]) => app.startsWith(scope))?.[1];
    await expect.poll(find).toBeDefined();
    const { origin } = new URL(app);
    const data = JSON.stringify(payload);
    const registrationId = find() ?? '';
    const before = await this.displayed();
    await session.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data });
    await expect.poll(() => this.displayed()).toBe(before + 1);
  }

  /** How many notifications have come to the screen, from the first question on. */
  private async displayed(): Promise<number> {
    return this.worker().evaluate(() => {
      const scope = globalThis as unknown as WorkerScope;
      if (scope.displayed === undefined) {
        scope.displayed = 0;
        const show = scope.registration.showNotification.bind(scope.registration);
        scope.registration.showNotification = async (...args) => {
          await show(...args);
          scope.displayed = (scope.displayed ?? 0) + 1;
        };
      }
      return scope.displayed;
    });
  }

  private async listen(page: Page): Promise<CDPSession> {
    const session = await this.context.newCDPSession(page);
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      for (const { scopeURL, registrationId } of registrations) {
        this.registrations.set(scopeURL, registrationId);
      }
    });
    await session.send('ServiceWorker.enable');
    return session;
  }

  /** The tags of what is on the screen. */
  async shown(): Promise<string[]> {
    return this.worker().evaluate(async () => {
      const { registration } = globalThis as unknown as WorkerScope;
      return (await registration.getNotifications()).map(({ tag }) => tag);
    });
  }

  /** Presses what is on the screen. `opened` is where that leads when no page is open. */
  async press(): Promise<void> {
    await this.worker().evaluate(async () => {
      const scope = globalThis as unknown as WorkerScope;
      // Browsers let a worker do either only at a press by hand.
      scope.WindowClient.prototype.focus = () => Promise.resolve();
      scope.Clients.prototype.openWindow = (url) => {
        scope.opened = String(url);
        return Promise.resolve(null);
      };
      const [notification] = await scope.registration.getNotifications();
      scope.dispatchEvent(new scope.NotificationEvent('notificationclick', { notification }));
    });
  }

  /** The page that the worker opened at a press. */
  async opened(): Promise<string | null> {
    return this.worker().evaluate(() => (globalThis as unknown as WorkerScope).opened ?? null);
  }

  /** Notes from now on how the worker marks the icon of the installed app. */
  async watchBadge(): Promise<void> {
    await this.worker().evaluate(() => {
      const scope = globalThis as unknown as WorkerScope;
      const badges: unknown[][] = (scope.badges = []);
      scope.navigator.setAppBadge = (...args) => {
        badges.push(args);
        return Promise.resolve();
      };
    });
  }

  /** What was asked of the icon, in order. */
  async badges(): Promise<unknown[][]> {
    return this.worker().evaluate(() => (globalThis as unknown as WorkerScope).badges ?? []);
  }

  private worker(): Worker {
    const [worker] = this.context.serviceWorkers();
    if (!worker) throw new Error('No worker is installed.');
    return worker;
  }
}

/** What TypeScript's types of pages lack of a worker's. */
interface WorkerScope {
  registration: ServiceWorkerRegistration;
  dispatchEvent: (event: Event) => void;
  NotificationEvent: new (type: string, init: object) => Event;
  WindowClient: { prototype: { focus: () => Promise<void> } };
  Clients: { prototype: { openWindow: (url: string | URL) => Promise<null> } };
  navigator: { setAppBadge: (...args: unknown[]) => Promise<void> };
  /** Kept here for the test to read. */
  opened?: string;
  badges?: unknown[][];
  displayed?: number;
}

function unreachable(): PushSubscriptionBody {
  const keys = createECDH('prime256v1');
  keys.generateKeys();
  return {
    endpoint: `https://fcm.googleapis.com/fcm/send/${randomBytes(12).toString('hex')}`,
    keys: {
      p256dh: keys.getPublicKey('base64url'),
      auth: randomBytes(16).toString('base64url'),
    },
  };
}

interface Issue {
  issued: PushSubscriptionBody;
  kept: string;
}

/** Runs in the page. */
function issueSubscriptions({ issued, kept }: Issue): void {
  const subscription = (key: number[]) => ({
    endpoint: issued.endpoint,
    options: { applicationServerKey: Uint8Array.from(key).buffer },
    toJSON: () => ({ ...issued, expirationTime: null }),
    unsubscribe: () => {
      localStorage.removeItem(kept);
      return Promise.resolve(true);
    },
  });
  const found = () => {
    const key = localStorage.getItem(kept);
    return key === null ? null : subscription(JSON.parse(key) as number[]);
  };
  Object.assign(PushManager.prototype, {
    getSubscription: () => Promise.resolve(found()),
    subscribe: ({ applicationServerKey: key }: { applicationServerKey: Uint8Array }) => {
      localStorage.setItem(kept, JSON.stringify([...key]));
      return Promise.resolve(found());
    },
  });
}
