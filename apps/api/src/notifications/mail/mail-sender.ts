import { Injectable } from '@nestjs/common';
import type { Transporter } from 'nodemailer';
import { Settings } from '../../platform/config/settings';
import { errorCode } from '../../platform/error-code';
import { ParkJobError } from '../../platform/jobs/park-job.error';
import { openMailTransport } from '../../platform/mail/mail-transport';
import { noticeMail, type MailContent } from './notice-mail';
import { UnsubscribeLinks } from './unsubscribe-links';

/** Hands mails to the operator's mail server. */
@Injectable()
export class MailSender {
  private transporter: Promise<Transporter> | null = null;

  constructor(
    private readonly settings: Settings,
    private readonly unsubscribeLinks: UnsubscribeLinks,
  ) {}

  /** Fails when the server does not take it; with `ParkJobError` when it never will. */
  async send(content: MailContent): Promise<void> {
    const { mail, publicUrl } = this.settings;
    if (!mail || publicUrl === null) throw new ParkJobError('There is no mail server.');
    const transporter = await this.open(mail.smtpUrl);
    const message = noticeMail(content, {
      conversation: publicUrl + content.path,
      unsubscribe: publicUrl + this.unsubscribeLinks.pathFor(content.recipient.id),
    });
    const messageId = messageIdOf(content, publicUrl);
    try {
      await transporter.sendMail({ ...message, messageId, from: mail.from });
    } catch (error) {
      throw withoutAddresses(error);
    }
  }

  private async open(url: string): Promise<Transporter> {
    this.transporter ??= openMailTransport(url);
    try {
      return await this.transporter;
    } catch (error) {
      // The next try begins anew.
      this.transporter = null;
      throw error;
    }
  }
}

/** The same for a repeat, so that mail servers and programs may know it for one. */
function messageIdOf(
  { recipient, conversationId, unread }: MailContent,
  publicUrl: string,
): string {
  return `<notice-${recipient.id}-${conversationId}-${unread.seq}@${new URL(publicUrl).hostname}>`;
}

/** The library's own words name the recipient, and the log is no place for that. */
function withoutAddresses(error: unknown): Error {
  const code = errorCode(error) ?? 'unknown';
  const status =
    typeof error === 'object' && error !== null && 'responseCode' in error
      ? Number(error.responseCode)
      : 0;
  const message = `The mail server did not take a mail (${code}${status ? `, ${status}` : ''}).`;
  // RFC 5321: this recipient or this mail is refused for good.
  const isFinal = status >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE');
  return isFinal ? new ParkJobError(message) : new Error(message);
}
