/** Where an animation is announced: in the head of a WebP, before the first pixels of a PNG. */
const HEAD_BYTES = 64 * 1024;
const WEBP_FLAGS_AT = 20;
const WEBP_ANIMATED = 0x02;

/** Whether it moves: drawn anew it would be its first picture alone. */
export async function isAnimated(file: File): Promise<boolean> {
  const bytes = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  const head = new TextDecoder('latin1').decode(bytes);
  if (head.startsWith('RIFF')) {
    const flags = head.startsWith('VP8X', 12) ? (bytes[WEBP_FLAGS_AT] ?? 0) : 0;
    return (flags & WEBP_ANIMATED) !== 0;
  }
  const [beforePixels = ''] = head.split('IDAT', 1);
  return head.startsWith('PNG', 1) && beforePixels.includes('acTL');
}
