import { expect, type Page } from '@playwright/test';

const REST_MS = 150;

/** What is read of a screen once it rests: the same twice in a row, a few frames apart. */
export async function settled<T>(read: () => Promise<T>): Promise<T> {
  let last = await read();
  await expect(async () => {
    const before: unknown = last;
    await new Promise((resolve) => setTimeout(resolve, REST_MS));
    last = await read();
    expect(before).toEqual(last);
  }).toPass();
  return last;
}

/** Nothing is wider than the window. */
export async function expectNoOverflow(page: Page): Promise<void> {
  const overflow = async () =>
    page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
  await expect.poll(overflow).toBe(0);
}
