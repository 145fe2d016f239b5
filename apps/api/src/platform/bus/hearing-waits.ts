interface Wait {
  number: number;
  end: () => void;
}

/** Who waits until all others have heard what was told up to a number. */
export class HearingWaits {
  private waits: Wait[] = [];

  /** Resolves when `heardByAll` reaches the number, or after `maxMs`. */
  async until(number: number, maxMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const wait: Wait = { number, end: resolve };
      const timer = setTimeout(() => {
        this.waits = this.waits.filter((other) => other !== wait);
        resolve();
      }, maxMs);
      wait.end = () => {
        clearTimeout(timer);
        resolve();
      };
      this.waits.push(wait);
    });
  }

  heardByAll(number: number): void {
    while (this.waits[0] && this.waits[0].number <= number) this.waits.shift()?.end();
  }
}
