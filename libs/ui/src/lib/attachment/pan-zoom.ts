/** How an image lies in its window: how large, and how far from the middle, in pixels. */
export interface PanZoom {
  scale: number;
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

export const FITTED: PanZoom = { scale: 1, x: 0, y: 0 };
const MOST = 5;

/** Larger or smaller, while the point (from the middle) stays where it is. */
export function zoomAt(
  view: PanZoom,
  factor: number,
  point: { x: number; y: number },
  size: Size,
): PanZoom {
  const scale = Math.min(Math.max(view.scale * factor, 1), MOST);
  const ratio = scale / view.scale;
  const moved = {
    scale,
    x: point.x - (point.x - view.x) * ratio,
    y: point.y - (point.y - view.y) * ratio,
  };
  return within(moved, size);
}

export function panBy(view: PanZoom, x: number, y: number, size: Size): PanZoom {
  return within({ ...view, x: view.x + x, y: view.y + y }, size);
}

/** Never so far that the middle of the window is left empty. */
function within({ scale, x, y }: PanZoom, { width, height }: Size): PanZoom {
  const room = { x: ((scale - 1) * width) / 2, y: ((scale - 1) * height) / 2 };
  return {
    scale,
    x: Math.min(Math.max(x, -room.x), room.x),
    y: Math.min(Math.max(y, -room.y), room.y),
  };
}
