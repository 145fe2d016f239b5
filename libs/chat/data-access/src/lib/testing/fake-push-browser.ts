import { jest } from '@jest/globals';

/** The parts of a browser that pushes need: leave, a worker, and the subscription it holds. */
export class FakePushBrowser {
  /** What the person answers. */
  answer: NotificationPermission = 'granted';
  permission: NotificationPermission = 'default';
  registered: { script: string; scope: string }[] = [];
  subscription: PushSubscription | null = null;
  key: ArrayBuffer | null = null;
  /** The notifications on the screen, by their titles. */
  readonly shown = new Set<string>();

  readonly requestPermission = jest.fn(() => {
    this.permission = this.answer;
    return Promise.resolve(this.answer);
  });
  readonly getNotifications = jest.fn(() =>
    Promise.resolve([...this.shown].map((title) => ({ close: () => this.shown.delete(title) }))),
  );
  readonly getSubscription = jest.fn(() => Promise.resolve(this.subscription));
  readonly subscribe = jest.fn((options: { applicationServerKey: Uint8Array<ArrayBuffer> }) => {
    this.key = options.applicationServerKey.buffer;
    this.subscription = this.newSubscription(this.key);
    return Promise.resolve(this.subscription);
  });
  private issued = 0;

  static install(): FakePushBrowser {
    const browser = new FakePushBrowser();
    browser.show();
    return browser;
  }

  /** The page sees this one from now on. */
  show(): void {
    Object.defineProperty(navigator, 'serviceWorker', {
      configurable: true,
      value: Object.assign(new EventTarget(), {
        register: (script: string, { scope }: { scope: string }) => {
          this.registered.push({ script, scope });
          return Promise.resolve(this.registration(scope));
        },
        getRegistration: () => {
          const [first] = this.registered;
          return Promise.resolve(first && this.registration(first.scope));
        },
      }),
    });
    Object.assign(globalThis, { PushManager: FakePushBrowser, Notification: this });
  }

  remove(): void {
    Reflect.deleteProperty(navigator, 'serviceWorker');
    Reflect.deleteProperty(globalThis, 'PushManager');
  }

  private registration(scope: string) {
    return {
      scope: `http://localhost${scope}`,
      active: {},
      getNotifications: this.getNotifications,
      pushManager: {
        getSubscription: this.getSubscription,
        subscribe: this.subscribe,
      },
    };
  }

  private newSubscription(applicationServerKey: ArrayBuffer): PushSubscription {
    const endpoint = `https://push.example/${(this.issued += 1)}`;
    const json = { endpoint, keys: { p256dh: 'public', auth: 'secret' } };
    return {
      endpoint,
      options: { applicationServerKey },
      toJSON: () => json,
      unsubscribe: () => {
        this.subscription = null;
        return Promise.resolve(true);
      },
    } as unknown as PushSubscription;
  }
}
