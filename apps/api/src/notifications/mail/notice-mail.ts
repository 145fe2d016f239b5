import { Html } from '../telling/html';
import { NOTICE_TEXTS } from '../telling/texts';
import type { Unread } from '../telling/unread.row';

export interface QuotedMessage {
  sender_name: string;
  content: string;
}

/** What a mail is made of. */
export interface MailContent {
  recipient: { id: number; name: string; address: string };
  conversationId: number;
  unread: Unread;
  /** What was written, the oldest first; empty where mails show none of it. */
  messages: readonly QuotedMessage[];
  /** Where the conversation is read, on our own origin. */
  path: string;
}

/** Full addresses of the links in a mail. */
export interface MailLinks {
  conversation: string;
  unsubscribe: string;
}

/** As the mail library takes it. */
export interface NoticeMail {
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
}

/** One mail about all that is unread in a conversation, as plain text and as HTML. */
export function noticeMail(content: MailContent, links: MailLinks): NoticeMail {
  const { recipient, unread } = content;
  const texts = NOTICE_TEXTS[unread.preferences.language];
  return {
    to: { name: recipient.name, address: recipient.address },
    subject: texts.unread(unread.count),
    text: plainText(content, links),
    html: htmlText(content, links),
    headers: {
      // RFC 2369 and RFC 8058: mail programs show a button of their own.
      'List-Unsubscribe': `<${links.unsubscribe}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      // RFC 3834: nobody's out-of-office assistant answers.
      'Auto-Submitted': 'auto-generated',
    },
  };
}

function plainText({ recipient, unread, messages }: MailContent, links: MailLinks): string {
  const { mail, ...texts } = NOTICE_TEXTS[unread.preferences.language];
  return [
    mail.greeting(recipient.name),
    `${texts.unread(unread.count)}.`,
    ...messages.map(({ sender_name, content }) => `${sender_name}:\n${content}`),
    `${mail.open}:\n${links.conversation}`,
    `-- \n${mail.why}\n${mail.unsubscribe}: ${links.unsubscribe}`,
  ].join('\n\n');
}

function htmlText({ recipient, unread, messages }: MailContent, links: MailLinks): string {
  const { language } = unread.preferences;
  const { direction, mail, ...texts } = NOTICE_TEXTS[language];
  const quotes = messages.map(
    ({ sender_name, content }) =>
      Html.of`<blockquote><b>${sender_name}</b><br><span style="white-space: pre-wrap">${content}</span></blockquote>\n`,
  );
  return Html.of`<!doctype html>
<html lang="${language}" dir="${direction}">
<body style="font-family: sans-serif">
<p>${mail.greeting(recipient.name)}</p>
<p>${texts.unread(unread.count)}.</p>
${quotes}<p><a href="${links.conversation}">${mail.open}</a></p>
<hr>
<p><small>${mail.why}<br><a href="${links.unsubscribe}">${mail.unsubscribe}</a></small></p>
</body>
</html>
`.text;
}
