import sharp, { type Sharp } from 'sharp';

/** A picture of one colour; its format is the caller's to choose. */
export function picture(width: number, height: number): Sharp {
  return sharp({ create: { width, height, channels: 3, background: 'teal' } });
}
