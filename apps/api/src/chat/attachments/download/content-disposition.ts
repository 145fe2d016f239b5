/** What `filename*` may hold unescaped (RFC 8187, 3.2.1) and `encodeURIComponent` leaves so. */
const TO_ESCAPE = /['()*]/g;

/**
 * A `Content-Disposition` header with the name twice: plain for old clients, and as it is (RFC 6266,
 * 4.3 and appendix D).
 */
export function contentDisposition(kind: 'inline' | 'attachment', name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const escaped = encodeURIComponent(name).replace(
    TO_ESCAPE,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${escaped}`;
}
