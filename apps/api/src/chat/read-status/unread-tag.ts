/** The number is all there is to the body, so it is the entity tag as well. */
export function unreadTag(count: number): string {
  return `"unread-${count}"`;
}
