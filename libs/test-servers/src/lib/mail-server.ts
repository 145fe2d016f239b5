import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';

/** A mail as its reader's program sees it. */
export interface ReceivedMail extends ParsedMail {
  /** Whom the envelope names. */
  recipients: string[];
  /** As it came, before any program read it. */
  source: string;
}

/** What the server does when it is given a mail, or a recipient. */
export type MailBehaviour = 'take' | 'refuse-for-now' | 'refuse-recipient' | 'hang';

/** A mail server on loopback that keeps what it gets. */
export class MailServer {
  readonly received: ReceivedMail[] = [];
  behaviour: MailBehaviour = 'take';
  /** How often somebody wanted to hand it a mail. */
  calls = 0;
  private readonly server: SMTPServer;

  private constructor() {
    this.server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      closeTimeout: 100,
      onRcptTo: (_, __, done) => {
        this.calls += 1;
        if (this.behaviour === 'hang') return;
        done(this.refusal());
      },
      onData: (stream, { envelope }, done) => {
        const recipients = envelope.rcptTo.map(({ address }) => address);
        this.keep(stream, recipients).then(() => {
          done();
        }, done);
      },
    });
    this.server.on('error', () => undefined);
  }

  static async start(): Promise<MailServer> {
    const mail = new MailServer();
    const listener = mail.server.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    return mail;
  }

  /** As `SMTP_URL` names it. */
  get url(): string {
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  to(address: string): ReceivedMail[] {
    return this.received.filter(({ recipients }) => recipients.includes(address));
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(resolve);
    });
  }

  private refusal(): Error | undefined {
    if (this.behaviour === 'take') return undefined;
    const responseCode = this.behaviour === 'refuse-for-now' ? 451 : 550;
    return Object.assign(new Error('Not now, or never.'), { responseCode });
  }

  private async keep(stream: SMTPServerDataStream, recipients: string[]): Promise<void> {
    const source = Buffer.concat(await stream.toArray());
    const mail = await simpleParser(source);
    this.received.push({ ...mail, recipients, source: source.toString() });
  }
}
