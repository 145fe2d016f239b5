import { API_ROUTES, APP_ROUTES } from '@support-chat/contracts';
import {
  expect,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from '@playwright/test';
import { AppWindow } from './pages/app-window';
import { ConsoleWindow } from './pages/console-window';
import type { RunningSystem, SignIn } from './system/running-system';

/** What the browser says of every request or socket that fails, also where a test wants it. */
const NETWORK_NOISE = /^(Failed to load resource|WebSocket connection to '[^']*' failed):/;

export interface WindowOptions extends BrowserContextOptions {
  /** Where to go instead of the app's start. */
  path?: string;
  /** Another way to the system than its own address. */
  origin?: string;
  /** An open browser of the same person's instead of a new one. */
  context?: BrowserContext;
}

/**
 * Opens browser windows, each person in a browser of their own, and notes what must never happen
 * in any of them: script errors, console errors, breaches of the content security policy.
 */
export class Windows {
  private readonly contexts: BrowserContext[] = [];
  private readonly problems: string[] = [];

  constructor(
    private readonly browser: Browser,
    private readonly system: RunningSystem,
  ) {}

  /** The students' app, signed in, or at its sign-in form for nobody. */
  async support(signIn: SignIn | null, options: WindowOptions = {}): Promise<AppWindow> {
    return new AppWindow(await this.open('support', signIn, options));
  }

  /** The console, signed in, or at its sign-in form for nobody. */
  async console(signIn: SignIn | null, options: WindowOptions = {}): Promise<ConsoleWindow> {
    return new ConsoleWindow(await this.open('admin', signIn, options));
  }

  /** The problems so far, for a test that causes some; they are then forgotten. */
  takeProblems(): string[] {
    return this.problems.splice(0);
  }

  async close(): Promise<void> {
    for (const context of this.contexts) await context.close();
    expect(this.problems, 'errors in the browser').toEqual([]);
  }

  private async open(
    app: 'support' | 'admin',
    signIn: SignIn | null,
    { path = APP_ROUTES[app], origin = this.system.origin, ...more }: WindowOptions,
  ): Promise<Page> {
    const { context: known, ...options } = more;
    const context = known ?? (await this.newContext(options));
    if (signIn) {
      const login = origin + API_ROUTES.login;
      const answer = await context.request.post(login, { data: signIn, headers: { 'X-App': app } });
      expect(answer.status()).toBe(200);
    }
    const page = await context.newPage();
    await page.goto(origin + path);
    return page;
  }

  private async newContext(options: BrowserContextOptions): Promise<BrowserContext> {
    const context = await this.browser.newContext(options);
    this.contexts.push(context);
    context.on('weberror', (error) => this.problems.push(String(error.error())));
    context.on('console', (message) => {
      const isNoise = NETWORK_NOISE.test(message.text());
      if (message.type() === 'error' && !isNoise) this.problems.push(message.text());
    });
    return context;
  }
}
