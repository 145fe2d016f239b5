/** 1 runs the numbers that the promises name; the default keeps all drills within minutes. */
export const SCALE = Number(process.env['DRILL_SCALE'] ?? 0.1);

if (!(SCALE > 0 && SCALE <= 1)) throw new Error('DRILL_SCALE is a number above 0, at most 1.');

/** The promised number at this scale, never below what still proves something. */
export function scaled(promised: number, least: number): number {
  return Math.max(least, Math.round(promised * SCALE));
}
