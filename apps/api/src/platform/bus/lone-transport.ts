import type { NewsTransport, TransportOwner } from './news-transport';

/** For a process that nobody else hears: it is always up, and hears itself. */
export class LoneTransport implements NewsTransport {
  private owner: TransportOwner | null = null;

  constructor(private readonly instance: string) {}

  async start(owner: TransportOwner): Promise<void> {
    this.owner = owner;
    owner.present(new Set([this.instance]));
    owner.up();
    await Promise.resolve();
  }

  async publish(payloads: readonly string[]): Promise<void> {
    for (const payload of payloads) this.owner?.heard(payload);
    await Promise.resolve();
  }

  async stop(): Promise<void> {
    this.owner = null;
    await Promise.resolve();
  }
}
