interface Wait {
  number: number;
  end: () => void;
}

/** Who waits until all others have heard what was told up to a number. */
export class HearingWaits {
  private waits: Wait[] = [];

  /** Resolves when `heardByAll` reaches the number, or after `maxMs`. */
  async until(number: number, maxMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((end) => {
      this.waits.push({ number, end });
      timer = setTimeout(end, maxMs);
    });
    clearTimeout(timer);
  }

  heardByAll(number: number): void {
    while (this.waits[0] && this.waits[0].number <= number) this.waits.shift()?.end();
  }
}
