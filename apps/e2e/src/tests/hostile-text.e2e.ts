import { expect, test } from '../fixtures';
import { ChatClient } from '../system/chat-client';

/** A small set of what gets scripts into careless pages. */
const ATTACKS = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)>',
  '"><iframe srcdoc="<script>alert(1)</script>">',
  "'-alert(1)-'",
  '{{constructor.constructor("alert(1)")()}}',
  '${alert(1)}',
  '<a href="javascript:alert(1)">click</a>',
  'javascript:alert(1)//http://school.test',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '<style>@import "//evil.test/x.css";*{display:none}</style>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '<b onmouseover=alert(1)>hover</b>',
  '<template><img src=x onerror=alert(1)></template>',
  ']]><!--<script>alert(1)</script>-->',
];

test('A066 hostile text is shown as typed in both apps, and does nothing', async ({
  windows,
  student,
  demo,
}) => {
  const { id } = await student.conversation();
  for (const attack of ATTACKS) await student.send(id, attack);
  const support = await windows.support(student.signIn);
  const console = await windows.console(demo.admin, { path: `/admin/chat/conversations/${id}` });
  for (const { page, thread } of [support, console]) {
    let dialogs = 0;
    page.on('dialog', (dialog) => {
      dialogs += 1;
      void dialog.dismiss();
    });
    await expect(thread.messages).toHaveCount(ATTACKS.length);
    for (const attack of ATTACKS) {
      await expect(thread.message(attack)).toBeVisible();
      await thread.message(attack).hover();
    }
    await expect(thread.log.locator('script, img, iframe, style, math')).toHaveCount(0);
    expect(dialogs).toBe(0);
  }
  await expect(console.row(student.name)).toContainText(ATTACKS.at(-1) ?? '');
});

test('A066 a hostile name is shown as typed wherever it appears', async ({
  windows,
  system,
  demo,
}) => {
  const name = `<img src=x onerror=alert(1)>${crypto.randomUUID().slice(0, 6)}`;
  const student = await ChatClient.register(system.origin, name);
  await student.send((await student.conversation()).id, 'My name is odd');
  const support = await windows.support(student.signIn);
  await support.openMenu();
  await expect(support.menu.getByText(name, { exact: true })).toBeVisible();

  const console = await windows.console(demo.admin);
  await console.open(name);
  await console.page.getByRole('button', { name: 'End conversation' }).click();
  await expect(console.page.getByRole('dialog')).toBeVisible();
  await expect(console.page.locator('img[src=x]')).toHaveCount(0);
});

test('A067 addresses become safe links, and only those of the web and of mail', async ({
  windows,
  student,
}) => {
  const { thread } = await windows.support(student.signIn);
  await thread.send('See https://school.test/help?a=1&b=2 or write to mailto:help@school.test');
  const links = thread.messages.last().getByRole('link');
  for (const link of await links.all()) {
    await expect(link).toHaveAttribute('href', /^(https:|mailto:)/);
    await expect(link).toHaveAttribute('rel', 'noopener noreferrer');
    await expect(link).toHaveAttribute('target', '_blank');
  }
  await expect(links.first()).toHaveAttribute('href', 'https://school.test/help?a=1&b=2');

  const unsafe = ['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'data:text/html,x', '//evil.test'];
  for (const address of [...unsafe, 'vbscript:x', 'blob:https://school.test/1']) {
    await thread.send(`Not a link: ${address}`);
    const hrefs = await thread
      .message(`Not a link: ${address}`)
      .getByRole('link')
      .evaluateAll((found) => found.map((link) => (link as HTMLAnchorElement).protocol));
    for (const protocol of hrefs) expect(['http:', 'https:', 'mailto:']).toContain(protocol);
  }
});

test('the policy stops what got into the page, and these tests would notice', async ({
  windows,
}) => {
  const { page } = await windows.support(null);
  await expect(page.getByLabel('E-mail')).toBeVisible();
  const refusal = await page.evaluate(() => {
    new Image().src = 'https://elsewhere.test/stolen.png';
    try {
      document.createElement('img').setAttribute('onerror', 'alert(1)');
      return null;
    } catch (error) {
      return String(error);
    }
  });
  expect(refusal).toContain('TrustedScript');
  await expect.poll(async () => page.evaluate(() => document.images.length)).toBe(0);
  expect(windows.takeProblems().join()).toMatch(/TrustedScript.*Content Security Policy/s);
});
