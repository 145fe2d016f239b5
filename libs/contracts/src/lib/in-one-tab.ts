/** The part of the browser that is used here; it has locks in secure contexts only. */
interface Browser {
  navigator?: { locks?: { request<T>(name: string, work: () => Promise<T>): Promise<T> } };
}

/**
 * Does the work while no other tab of this browser does work of this name. Where there are no
 * locks, or they are refused because the person blocks site data, it is done without one.
 */
export async function inOneTab<T>(name: string, work: () => Promise<T>): Promise<T> {
  const locks = (globalThis as Browser).navigator?.locks;
  if (!locks) return work();
  const lock = { isGranted: false };
  try {
    return await locks.request(name, () => {
      lock.isGranted = true;
      return work();
    });
  } catch (error) {
    if (lock.isGranted) throw error;
    return work();
  }
}
