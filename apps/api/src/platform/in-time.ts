/** The outcome, or null when it failed or took too long; the work itself goes on. */
export async function inTime<T>(work: Promise<T>, ms: number): Promise<T | null> {
  const timeout = new Promise<null>((resolve) => {
    setTimeout(() => {
      resolve(null);
    }, ms).unref();
  });
  return Promise.race([work.catch(() => null), timeout]);
}
