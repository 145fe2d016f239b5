import type { NotificationLanguage } from '@support-chat/contracts';
import { Html } from '../telling/html';
import { NOTICE_TEXTS, type NoticeTexts } from '../telling/texts';

/** What the page says; `ask` has the button, which posts to the very same address. */
export type UnsubscribeStep = keyof Pick<NoticeTexts['page'], 'ask' | 'done' | 'invalid'>;

/** The page behind the link of every mail. */
export function unsubscribePage(step: UnsubscribeStep, language: NotificationLanguage): string {
  const { direction, page } = NOTICE_TEXTS[language];
  const button = Html.of`<form method="post"><button>${page.button}</button></form>`;
  return Html.of`<!doctype html>
<html lang="${language}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>${page.title}</title>
<style>
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { max-width: 32rem; margin: 4rem auto; padding: 0 1rem }
button { font: inherit; padding: .5rem 1rem }
</style>
</head>
<body>
<main>
<h1>${page.title}</h1>
<p>${page[step]}</p>
${step === 'ask' ? button : ''}
</main>
</body>
</html>
`.text;
}
