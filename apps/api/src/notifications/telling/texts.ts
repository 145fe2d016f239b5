import type { NotificationLanguage } from '@support-chat/contracts';

/** All that pushes, mails and their page say, in one language. */
export interface NoticeTexts {
  direction: 'ltr' | 'rtl';
  /** Title of a push, and subject of a mail. */
  unread(count: number): string;
  push: { body: string };
  /** A push that its reader asked for, to try a device. */
  test: { title: string; body: string };
  mail: { greeting(name: string): string; open: string; why: string; unsubscribe: string };
  page: { title: string; ask: string; button: string; done: string; invalid: string };
}

const english: NoticeTexts = {
  direction: 'ltr',
  unread: (count) => (count === 1 ? 'You have a new message' : `You have ${count} new messages`),
  push: { body: 'Open the support chat to read it.' },
  test: { title: 'A test', body: 'This is how new messages are shown.' },
  mail: {
    greeting: (name) => `Hello ${name},`,
    open: 'Open the conversation',
    why: 'You get this mail because a message in the support chat was not read for a while.',
    unsubscribe: 'No more of these mails',
  },
  page: {
    title: 'Mails of the support chat',
    ask: 'Do you want no more mails about unread messages?',
    button: 'No more mails',
    done: 'There will be no more mails. You can turn them on again in the support chat.',
    invalid: 'This link is not valid. You can turn the mails off in the support chat.',
  },
};

const arabicPlurals = new Intl.PluralRules('ar');
const ARABIC_UNREAD: Record<Intl.LDMLPluralRule, (count: number) => string> = {
  zero: () => 'لا رسائل جديدة',
  one: () => 'لديك رسالة جديدة',
  two: () => 'لديك رسالتان جديدتان',
  few: (count) => `لديك ${count} رسائل جديدة`,
  many: (count) => `لديك ${count} رسالة جديدة`,
  other: (count) => `لديك ${count} رسالة جديدة`,
};

const arabic: NoticeTexts = {
  direction: 'rtl',
  unread: (count) => ARABIC_UNREAD[arabicPlurals.select(count)](count),
  push: { body: 'افتح محادثة الدعم لقراءتها.' },
  test: { title: 'تجربة', body: 'هكذا تظهر الرسائل الجديدة.' },
  mail: {
    greeting: (name) => `مرحبًا ${name}،`,
    open: 'افتح المحادثة',
    why: 'وصلتك هذه الرسالة لأن رسالة في محادثة الدعم لم تُقرأ منذ فترة.',
    unsubscribe: 'إيقاف هذه الرسائل',
  },
  page: {
    title: 'رسائل محادثة الدعم',
    ask: 'هل تريد إيقاف الرسائل البريدية عن الرسائل غير المقروءة؟',
    button: 'إيقاف الرسائل',
    done: 'لن تصلك رسائل أخرى. يمكنك تشغيلها مجددًا من محادثة الدعم.',
    invalid: 'هذا الرابط غير صالح. يمكنك إيقاف الرسائل من محادثة الدعم.',
  },
};

export const NOTICE_TEXTS: Record<NotificationLanguage, NoticeTexts> = {
  en: english,
  ar: arabic,
};
