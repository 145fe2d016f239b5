import type { BrowserContext, CDPSession, Page } from '@playwright/test';
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

  /** Delivers to the worker of the app that `page` shows. */
  async deliver(page: Page, payload: object): Promise<void> {
    const session = (this.session ??= await this.context.newCDPSession(page));
    const registrationId = await new Promise<string>((resolve) => {
      session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        const own = registrations.find(({ scopeURL }) => page.url().startsWith(scopeURL));
        if (own) resolve(own.registrationId);
      });
      void session.send('ServiceWorker.enable');
    });
    const { origin } = new URL(page.url());
    const data = JSON.stringify(payload);
    await session.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data });
  }
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
