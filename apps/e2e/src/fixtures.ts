import { test as base } from '@playwright/test';
import { ChatClient } from './system/chat-client';
import { LineProxy } from './system/line-proxy';
import { RunningSystem, type SignIn } from './system/running-system';
import { Windows } from './windows';

interface TestFixtures {
  windows: Windows;
  /** A student nobody has met before. */
  student: ChatClient;
  /** Another one. */
  classmate: ChatClient;
  /** A way to the system that can be disturbed. */
  line: LineProxy;
  /** Starts one more, with settings of the test's; it is closed however the test ends. */
  startSystem: (settings: Record<string, string>) => Promise<RunningSystem>;
}

interface WorkerFixtures {
  /** Each worker has one of its own, so tests never share people's counts at the same time. */
  system: RunningSystem;
  demo: { student: SignIn; admin: SignIn };
  /** The demo's admin, without a browser. */
  admin: ChatClient;
}

export { expect } from '@playwright/test';
export const test = base.extend<TestFixtures, WorkerFixtures>({
  system: [
    async ({}, use) => {
      const system = await RunningSystem.create();
      await use(system);
      await system.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  demo: [
    async ({ system }, use) => {
      if (!system.demoSignIns) throw new Error('The start printed no demo sign-ins.');
      await use(system.demoSignIns);
    },
    { scope: 'worker' },
  ],
  admin: [
    async ({ system, demo }, use) => {
      await use(await ChatClient.login(system.origin, demo.admin));
    },
    { scope: 'worker' },
  ],
  windows: async ({ browser, system }, use) => {
    const windows = new Windows(browser, system);
    await use(windows);
    await windows.close();
  },
  line: async ({ system }, use) => {
    const line = await LineProxy.open(() => system.origin);
    await use(line);
    await line.close();
  },
  startSystem: async ({}, use) => {
    const systems: Promise<RunningSystem>[] = [];
    await use(async (settings) => {
      const system = RunningSystem.create(settings);
      systems.push(system);
      return system;
    });
    for (const begun of await Promise.allSettled(systems)) {
      if (begun.status === 'fulfilled') await begun.value.close();
    }
  },
  student: async ({ system }, use, { workerIndex, testId }) => {
    await use(await ChatClient.register(system.origin, `Ulla ${workerIndex}${testId.slice(-6)}`));
  },
  classmate: async ({ system }, use, { workerIndex, testId }) => {
    await use(await ChatClient.register(system.origin, `Omid ${workerIndex}${testId.slice(-6)}`));
  },
});
