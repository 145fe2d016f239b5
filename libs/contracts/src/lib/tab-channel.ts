/** What is used of the browser's BroadcastChannel. */
export interface TabChannel<T> {
  onmessage: ((event: { readonly data: T }) => void) | null;
  postMessage(message: T): void;
  close(): void;
}

interface Browser<T> {
  BroadcastChannel: new (name: string) => TabChannel<T>;
}

/**
 * A line to the other tabs of this browser. Where it is refused because the person blocks site
 * data, one that nobody is on: each tab is then alone.
 */
export function openTabChannel<T>(name: string): TabChannel<T> {
  try {
    return new (globalThis as unknown as Browser<T>).BroadcastChannel(name);
  } catch {
    return { onmessage: null, postMessage: () => undefined, close: () => undefined };
  }
}
