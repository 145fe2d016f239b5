import { randomUUID } from 'node:crypto';
import { expect, test } from '../fixtures';

test('the sign-ins that the start prints work', async ({ windows, demo }) => {
  const support = await windows.support(null);
  await support.signIn(demo.student);
  await expect(support.thread.messages.first()).toBeVisible();
  await expect(support.thread.log).toContainText('Reviewers are drawn');

  const console = await windows.console(null);
  await console.signIn(demo.admin);
  await expect(console.rows.first()).toBeVisible();
});

test('somebody new registers and is asked how to help', async ({ windows }) => {
  const { page, thread } = await windows.support(null);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('heading', { name: 'Create your account' })).toBeVisible();
  await page.getByLabel('Name').fill('Nadia Benali');
  await page.getByLabel('E-mail').fill(`${randomUUID()}@school.test`);
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByText('Hello Nadia Benali, how can we help?')).toBeVisible();
  await thread.send('My first question');
});

test('ux-51 a wrong password is told in words, and the address is kept', async ({
  windows,
  student,
}) => {
  const support = await windows.support(null);
  await support.signIn({ ...student.signIn, password: 'not the right one' });
  await expect(support.page.getByRole('alert')).toHaveText('E-mail or password is wrong.');
  await expect(support.page.getByLabel('E-mail')).toHaveValue(student.signIn.email);

  await support.signIn(student.signIn);
  await expect(support.thread.composer).toBeVisible();
});

test('ux-51 what is wrong with a new account is told at its field, in words', async ({
  windows,
  student,
}) => {
  const { page } = await windows.support(null);
  await page.getByRole('button', { name: 'Create account' }).click();
  const [name, email, password] = [
    page.getByLabel('Name'),
    page.getByLabel('E-mail'),
    page.getByLabel('Password', { exact: true }),
  ];
  const create = page.getByRole('button', { name: 'Create account' });

  await create.click();
  for (const field of [name, email, password]) {
    await expect(field).toHaveAccessibleDescription('Please fill this in.');
    await expect(field).toHaveAttribute('aria-invalid', 'true');
  }
  await expect(name).toBeFocused();

  await name.fill('Nadia');
  await email.fill('not an address');
  await password.fill('short');
  await create.click();
  await expect(email).toHaveAccessibleDescription('Please check how this is written.');
  await expect(password).toHaveAccessibleDescription('This is too short.');

  await email.fill(student.signIn.email);
  await password.fill('long enough for anybody');
  await create.click();
  await expect(page.getByText('There is an account with this e-mail already.')).toBeVisible();
});

test('an account of the other app is shown the way there', async ({ windows, student, demo }) => {
  const console = await windows.console(student.signIn);
  await expect(
    console.page.getByRole('heading', { name: 'This account belongs elsewhere' }),
  ).toBeVisible();
  await expect(console.page.getByRole('link', { name: 'To support' })).toBeVisible();

  const support = await windows.support(demo.admin);
  await support.page.getByRole('link', { name: 'To the console' }).click();
  await expect(support.page).toHaveURL(/\/admin\/chat$/);
});

test('signing out leaves nothing on the screen, nor after a reload', async ({
  windows,
  student,
}) => {
  const support = await windows.support(student.signIn);
  await support.thread.send('A private matter');
  await support.signOut();
  await expect(support.page.getByLabel('E-mail')).toBeVisible();
  await expect(support.thread.log).toBeHidden();
  await support.page.reload();
  await expect(support.page.getByLabel('E-mail')).toBeVisible();
});

test('ux-49 when the session ends one signs in again in place, and keeps draft and place', async ({
  windows,
  system,
  student,
}) => {
  const { id } = await student.conversation();
  for (let n = 1; n <= 40; n += 1) await student.send(id, `Line ${n}`);
  const support = await windows.support(student.signIn);
  await expect(support.thread.message('Line 40')).toBeInViewport();
  await support.thread.composer.fill('Half a thought');
  await support.thread.wheel(-500);
  await expect.poll(async () => support.thread.distanceToEnd()).toBeGreaterThan(300);
  const place = await support.thread.distanceToEnd();

  await support.page.context().request.post(`${system.origin}/api/auth/logout/`);
  const dialog = support.page.getByRole('dialog', { name: 'Please sign in again' });
  await expect(dialog).toBeVisible();
  await expect(dialog).toContainText('What you wrote is kept.');
  await dialog.getByLabel('Password', { exact: true }).fill(student.signIn.password);
  await dialog.getByRole('button', { name: 'Sign in' }).click();

  await expect(dialog).toBeHidden();
  await expect(support.thread.composer).toHaveValue('Half a thought');
  const moved = async () => Math.abs((await support.thread.distanceToEnd()) - place);
  await expect.poll(moved).toBeLessThanOrEqual(1);
  await support.thread.composer.press('Enter');
  await expect(support.thread.message('Half a thought')).toBeVisible();
});
