export interface PointerActs {
  pan(x: number, y: number): void;
  pinch(factor: number, at: { clientX: number; clientY: number }): void;
  /** One finger went far along the line, and was lifted. */
  swipe(towardsRight: boolean): void;
}

interface Place {
  clientX: number;
  clientY: number;
}

const SWIPE_PX = 60;

/** Tells dragging, pinching and swiping from the pointers that are down. */
export class PointerMoves {
  private readonly down = new Map<number, Place>();
  private start: Place | null = null;

  constructor(private readonly acts: PointerActs) {}

  press(event: PointerEvent): void {
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.down.set(event.pointerId, event);
    this.start = this.down.size === 1 ? event : null;
  }

  move(event: PointerEvent): void {
    const before = this.down.get(event.pointerId);
    if (!before) return;
    const other = [...this.down].find(([id]) => id !== event.pointerId)?.[1];
    this.down.set(event.pointerId, event);
    if (!other) this.acts.pan(event.clientX - before.clientX, event.clientY - before.clientY);
    else this.acts.pinch(distance(event, other) / distance(before, other), middle(event, other));
  }

  lift(event: PointerEvent): void {
    const { start } = this;
    this.down.delete(event.pointerId);
    this.start = null;
    if (!start || event.type !== 'pointerup') return;
    const x = event.clientX - start.clientX;
    const isAlong = Math.abs(x) > 2 * Math.abs(event.clientY - start.clientY);
    if (isAlong && Math.abs(x) > SWIPE_PX) this.acts.swipe(x > 0);
  }
}

function distance(a: Place, b: Place): number {
  return Math.max(1, Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY));
}

function middle(a: Place, b: Place): Place {
  return { clientX: (a.clientX + b.clientX) / 2, clientY: (a.clientY + b.clientY) / 2 };
}
