/** Runs tasks one after the other. Keeps nothing while there is nothing to do. */
export class Turns {
  private last: Promise<void> | null = null;

  /** @param task must not fail */
  take(task: () => Promise<void>): void {
    const mine = (this.last ?? Promise.resolve()).then(task).then(() => {
      if (this.last === mine) this.last = null;
    });
    this.last = mine;
  }
}
