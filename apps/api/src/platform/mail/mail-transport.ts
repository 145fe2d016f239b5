import type { Transporter } from 'nodemailer';

const CONNECT_MS = 10_000;
/** As RFC 5321 has it: a mail given up while it is looked at would be sent again. */
const SILENCE_MS = 5 * 60_000;

/**
 * A way to the operator's mail server; nothing is connected yet.
 * @param silenceMaxMs how long the server may take to answer
 */
export async function openMailTransport(
  url: string,
  silenceMaxMs = SILENCE_MS,
): Promise<Transporter> {
  const { createTransport } = await import('nodemailer');
  return createTransport({
    url,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: silenceMaxMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}
