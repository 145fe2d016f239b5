export interface TextToken {
  text: string;
  /** Absent for plain text. */
  href?: string;
}

const CANDIDATE = /(?:https?:\/\/|mailto:)[^\s<>"'`\u0000-\u001f]+/giu;
const SAFE_PROTOCOLS = ['http:', 'https:', 'mailto:'];
const TRAILING = /[.,;:!?…»”’)\]}،؛؟*_~|]+$/u;
const BRACKETS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Gives back the sentence's punctuation, but keeps a bracket that was opened inside the address. */
function withoutTrailingPunctuation(candidate: string): string {
  let end = candidate.length - (TRAILING.exec(candidate)?.[0].length ?? 0);
  for (; end < candidate.length; end += 1) {
    const closing = candidate[end] ?? '';
    const opening = BRACKETS[closing];
    if (!opening) break;
    const soFar = candidate.slice(0, end);
    if (soFar.split(opening).length <= soFar.split(closing).length) break;
  }
  return candidate.slice(0, end);
}

function safeHref(address: string): string | undefined {
  const url = URL.parse(address);
  if (!url || !SAFE_PROTOCOLS.includes(url.protocol)) return undefined;
  const target = url.protocol === 'mailto:' ? url.pathname : url.hostname;
  return target ? url.href : undefined;
}

/**
 * Cuts a message into plain text and web or mail addresses. Joined again the tokens give exactly the
 * text that came in; anything but http, https and mailto stays text.
 */
export function linkTokens(text: string): TextToken[] {
  const tokens: TextToken[] = [];
  let plainFrom = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const address = withoutTrailingPunctuation(match[0]);
    const href = safeHref(address);
    if (!href) continue;
    if (match.index > plainFrom) tokens.push({ text: text.slice(plainFrom, match.index) });
    tokens.push({ text: address, href });
    plainFrom = match.index + address.length;
  }
  if (plainFrom < text.length) tokens.push({ text: text.slice(plainFrom) });
  return tokens;
}
