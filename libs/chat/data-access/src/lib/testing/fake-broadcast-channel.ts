/** The browser's BroadcastChannel between tabs of one test; what is said is heard at once. */
export class FakeBroadcastChannel {
  private static open = new Set<FakeBroadcastChannel>();
  private static muted = new Set<string>();
  private static owner = '';

  onmessage: ((event: { data: unknown }) => void) | null = null;
  private readonly owner = FakeBroadcastChannel.owner;

  constructor(readonly name: string) {
    FakeBroadcastChannel.open.add(this);
  }

  static install(): void {
    FakeBroadcastChannel.open.clear();
    FakeBroadcastChannel.muted.clear();
    globalThis.BroadcastChannel = FakeBroadcastChannel as unknown as typeof BroadcastChannel;
  }

  /** Channels opened in `work` are a tab's, to be muted by its name. */
  static as<T>(owner: string, work: () => T): T {
    FakeBroadcastChannel.owner = owner;
    return work();
  }

  /** Nothing that this tab says is heard any more. */
  static mute(owner: string): void {
    FakeBroadcastChannel.muted.add(owner);
  }

  postMessage(data: unknown): void {
    if (FakeBroadcastChannel.muted.has(this.owner)) return;
    for (const other of [...FakeBroadcastChannel.open]) {
      if (other !== this && other.name === this.name)
        other.onmessage?.({ data: JSON.parse(JSON.stringify(data)) as unknown });
    }
  }

  close(): void {
    FakeBroadcastChannel.open.delete(this);
  }
}
