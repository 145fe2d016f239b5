/** A statement whose link broke has ended by then, by the pool's time limits; only a commit may take longer. */
const LAST_STATEMENT_MS = 6_500;

/** Doubts once more when what was cut off has ended, and until then every few seconds. */
export class LateDoubt {
  private timer: NodeJS.Timeout | null = null;
  private isOwed = false;
  private isStopped = false;

  /**
   * @param isCommitting whether something that was cut off may still be committed
   * @param doubt to be called when memories may be wrong
   */
  constructor(
    private readonly isCommitting: () => Promise<boolean>,
    private readonly doubt: () => void,
  ) {}

  /** Something was cut off just now. */
  begin(): void {
    if (this.timer) this.isOwed = true;
    else this.wait();
  }

  /** @returns whether a doubt is left that nobody will tell */
  stop(): boolean {
    this.isStopped = true;
    if (this.timer) clearTimeout(this.timer);
    return this.timer !== null;
  }

  private wait(): void {
    this.timer = setTimeout(() => void this.doubtAgain(), LAST_STATEMENT_MS).unref();
  }

  private async doubtAgain(): Promise<void> {
    // Asked before: what ends while it is asked is doubted afterwards.
    const isCommitting = await this.isCommitting();
    if (this.isStopped) return;
    this.timer = null;
    this.doubt();
    if (this.isOwed || isCommitting) this.wait();
    this.isOwed = false;
  }
}
