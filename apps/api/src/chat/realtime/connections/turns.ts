/** Runs tasks one after the other. Keeps nothing while there is nothing to do. */
export class Turns {
  private last: Promise<void> | null = null;
  private tasks = 0;
  private bytes = 0;

  /** How many run or wait. */
  get length(): number {
    return this.tasks;
  }

  /** What those that run or wait keep in memory. */
  get size(): number {
    return this.bytes;
  }

  /**
   * @param task must not fail
   * @param bytes that it keeps in memory until it is done
   */
  take(task: () => Promise<void>, bytes = 0): void {
    this.tasks += 1;
    this.bytes += bytes;
    const mine = (this.last ?? Promise.resolve()).then(task).then(() => {
      this.tasks -= 1;
      this.bytes -= bytes;
      if (this.last === mine) this.last = null;
    });
    this.last = mine;
  }
}
