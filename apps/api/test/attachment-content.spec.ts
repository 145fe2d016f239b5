import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  API_ROUTES,
  LIMITS,
  type Conversation,
  type StagedAttachment,
} from '@support-chat/contracts';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cleanName } from '../src/chat/attachments/content/file-name';
import { contentDisposition } from '../src/chat/attachments/download/content-disposition';
import { Settings } from '../src/platform/config/settings';
import {
  createTestApp,
  problemOf,
  type Answer,
  type Person,
  type TestApp,
} from './support/test-app';
import { formOf, liftQuota, upload, type FormFile } from './support/uploads';
import { ooxml, zip } from './support/zip';

const OFFICE = 'application/vnd.openxmlformats-officedocument';
const PDF = '%PDF-1.7\n';

describe('what may be uploaded', () => {
  let test: TestApp;
  let student: Person;
  let conversation: Conversation;

  beforeAll(async () => {
    test = await createTestApp();
    student = await test.person();
    conversation = (await student.get<Conversation>(API_ROUTES.myConversation)).body;
    await liftQuota(test);
  });
  afterAll(async () => test.close());

  const send = async (file: FormFile): Promise<Answer<StagedAttachment>> =>
    upload(test, student, conversation.id, file);
  const download = async (id: number): Promise<Answer> =>
    student.get(API_ROUTES.attachmentContent(id));
  /** Every file in the store and beside it, by its path below the folder of the data. */
  const files = async (): Promise<string[]> => {
    const { dataDir } = test.app.get(Settings);
    const found = await readdir(dataDir, { recursive: true, withFileTypes: true });
    return found
      .filter((file) => file.isFile())
      .map(({ name, parentPath }) => join(parentPath, name));
  };

  it.each<[string, Buffer | string, string]>([
    ['PDF', PDF, 'application/pdf'],
    ['ZIP', zip({ name: 'a.txt', content: 'a' }), 'application/zip'],
    ['Word', ooxml('word/document.xml'), `${OFFICE}.wordprocessingml.document`],
    ['Excel', ooxml('xl/workbook.xml'), `${OFFICE}.spreadsheetml.sheet`],
    ['PowerPoint', ooxml('ppt/presentation.xml'), `${OFFICE}.presentationml.presentation`],
    ...['text', 'spreadsheet', 'presentation'].map((kind): [string, Buffer, string] => {
      const type = `application/vnd.oasis.opendocument.${kind}`;
      const head = { name: 'mimetype', content: type, isStored: true };
      return [`OpenDocument ${kind}`, zip(head, { name: 'content.xml', content: '<x/>' }), type];
    }),
    ['text', 'Grüße, שלום, 你好\r\n\tif (a < b && c > d) {}\f', 'text/plain'],
    ['text with a byte order mark', '\ufeffa;b\n1;2', 'text/plain'],
  ])(
    'A076 %s is known by its content, whatever name and type are claimed',
    async (_, content, type) => {
      const answer = await send({ content, name: 'x.exe', type: 'image/png' });
      expect([answer.status, answer.body.media_type]).toEqual([201, type]);
      expect(answer.body.name).toMatch(/^x\.exe\.\w+$/);
      expect((await download(answer.body.id)).headers['content-disposition']).toMatch(
        /^attachment;/,
      );
    },
  );

  it.each<[string, Buffer | string]>([
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['SVG behind a declaration', '\n<?xml version="1.0"?><svg onload="alert(1)"/>'],
    ['HTML', '<!DOCTYPE html><script>alert(1)</script>'],
    ['HTML behind white space', '\ufeff \r\n\t<HTML><body onload=alert(1)>'],
    ['a comment', '<!-- --><script>alert(1)</script>'],
    ['a script with markup', '<script>alert(1)</script>'],
    ['a GIF', Buffer.from('GIF89a/*\x01\0\x01\0\0\0\0*/=alert(1)', 'latin1')],
    ['a program', Buffer.from('MZ\x90\0\x03\0', 'latin1')],
    ['TIFF', Buffer.from('II*\0\x08\0\0\0', 'latin1')],
    ['HEIC', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1')],
    ['text in UTF-16', Buffer.from('\ufeffhello', 'utf16le')],
    ['text that is not UTF-8', Buffer.from('Gr\xfc\xdfe', 'latin1')],
    ['text cut within a character', Buffer.from('Grü').subarray(0, 3)],
    ['a document with macros', ooxml('word/document.xml', 'word/vbaProject.bin')],
    ['a ZIP without a table', Buffer.from('PK\x03\x04 and nothing else')],
    ['a ZIP behind something else', Buffer.concat([Buffer.from([0]), zip()])],
  ])('A076 %s is refused, whatever name and type are claimed', async (_, content) => {
    const answer = await send({ content, name: 'photo.png', type: 'image/png' });
    expect([answer.status, problemOf(answer).errors]).toMatchObject([
      400,
      [{ field: 'file', code: 'not_allowed' }],
    ]);
  });

  it('A078 a PDF with a script is only ever saved', async () => {
    const content = `${PDF}1 0 obj <</OpenAction <</S /JavaScript /JS (app.alert(1))>>>>`;
    const { body } = await send({ content, name: 'a.pdf' });
    const down = await download(body.id);
    expect(down.headers['content-disposition']).toMatch(/^attachment;/);
    expect(down.headers['content-security-policy']).toBe("sandbox; default-src 'none'");
  });

  it.each([
    ['../../../etc/passwd', 'passwd.txt'],
    ['..\\..\\boot.ini', 'boot.ini.txt'],
    ['C:\\temp\\notes.txt', 'notes.txt'],
    ['/etc/notes.txt', 'notes.txt'],
    ['a\0b.txt', 'ab.txt'],
    [`${'x'.repeat(300)}.txt`, `${'x'.repeat(LIMITS.attachmentNameMaxLength - 4)}.txt`],
    [`${'👩'.repeat(300)}.txt`, `${'👩'.repeat(LIMITS.attachmentNameMaxLength - 4)}.txt`],
    ['invoice\u202efdp.txt', 'invoicefdp.txt'],
    ['say \\"hi\\".txt', 'say _hi_.txt'],
    ['.htaccess', 'htaccess.txt'],
    ['CON', '_CON.txt'],
    ['nul.txt', '_nul.txt'],
    ['', 'file.txt'],
    [' . . ', 'file.txt'],
    ['report.pdf.exe', 'report.pdf.exe.txt'],
    ['page.html', 'page.html.txt'],
    ['main.CPP', 'main.CPP'],
    ['واجب الرياضيات.txt', 'واجب الرياضيات.txt'],
    ["it's (1)*.txt", "it's (1)_.txt"],
  ])('A079 the name %j becomes %j, and is never that of a file', async (name, expected) => {
    const answer = await send({ content: 'text', name });
    expect([answer.status, answer.body.name]).toEqual([201, expected]);
    const { 'content-disposition': header } = (await download(answer.body.id)).headers;
    const [, plain, escaped] =
      /^attachment; filename="([\x20-\x7e]+)"; filename\*=UTF-8''([\w!#$&+.^`|~%-]+)$/.exec(
        String(header),
      ) ?? [];
    expect(plain).not.toMatch(/["\\]/);
    expect(decodeURIComponent(escaped ?? '')).toBe(expected);
  });

  it.each([
    ['as escapes (RFC 8187)', `x"; filename*=UTF-8''a%0D%0Ab.txt; y="`, 'x.txt'],
    ['as a bare CR', 'a\rb.txt', null],
    ['as a bare LF', 'a\nb.txt', null],
    ['in front of a header', 'a.txt"\r\nX-Own: "b', 'a.txt'],
    ['within the quotes', 'a\r\nb.txt', 'a.txt'],
    ['as a fold', 'a\r\n b.txt', 'a b.txt'],
  ])('A079 a line break in a name, %s, comes into no header', async (_, name, expected) => {
    const answer = await send({ content: 'text', name });
    if (expected === null) {
      expect([answer.status, problemOf(answer).code]).toEqual([400, 'validation_failed']);
      return;
    }
    expect([answer.status, answer.body.name]).toEqual([201, expected]);
    const { headers } = await download(answer.body.id);
    expect(headers['x-own']).toBeUndefined();
    expect(headers['content-disposition']).toBe(contentDisposition('attachment', expected));
  });

  it('A079 a line break that came into a name all the same is taken out', () => {
    const name = cleanName('a\r\nSet-Cookie: b=c\r\n\r\n.txt', 'text/plain');
    expect(name).toBe('aSet-Cookie_ b=c.txt');
    expect(contentDisposition('attachment', 'a\r\nb')).toBe(
      `attachment; filename="a__b"; filename*=UTF-8''a%0D%0Ab`,
    );
  });

  it('A079 files lie under keys of their own in one place, readable by their owner alone', async () => {
    await send({ content: 'text', name: '../../escape.txt' });
    const { dataDir } = test.app.get(Settings);
    const store = join(dataDir, 'uploads', 'files');
    for (const path of await files()) {
      expect(path.startsWith(store)).toBe(true);
      expect(path.slice(store.length)).toMatch(/^\/[\da-f]{2}\/[\da-f-]{36}(-thumbnail)?$/);
    }
  });

  it('A089 an archive is never unpacked, however much it promises', async () => {
    const zeros = Buffer.alloc(100 * 1024 * 1024);
    const bomb = { name: 'word/document.xml', content: zeros, claimedSize: 0xffff_ffff };
    const types = { name: '[Content_Types].xml', content: zeros };
    const bombs = [zip(bomb), zip(types, bomb)];
    const before = process.memoryUsage().rss;
    for (const content of bombs) {
      const started = performance.now();
      const { status, body } = await send({ content, name: 'a.docx' });
      expect([status, body.size]).toEqual([201, content.length]);
      expect(performance.now() - started).toBeLessThan(2_000);
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  });

  it('A084 only a form with the one file is taken', async () => {
    const path = API_ROUTES.uploads(conversation.id);
    const authorization = `Bearer ${student.token}`;
    const file = { content: 'text' };
    const { body, headers } = formOf(file);
    const { body: two, headers: ofTwo } = formOf(file, { ...file, field: 'second' });
    const { body: other, headers: ofOther } = formOf({ ...file, field: '__proto__' });
    const field = '--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nx\r\n--b--\r\n';
    const before = await files();
    const tries: [Buffer | string, string][] = [
      ['', headers['content-type']],
      ['', 'multipart/form-data'],
      [body, 'multipart/form-data; boundary=other'],
      [body.subarray(0, -20), headers['content-type']],
      [two, ofTwo['content-type']],
      [other, ofOther['content-type']],
      [field, 'multipart/form-data; boundary=b'],
      [
        formOf({ content: '' })
          .body.toString()
          .replaceAll(/[\da-f-]{36}/g, 'b'),
        'multipart/form-data; boundary=b',
      ],
    ];
    for (const [form, type] of tries) {
      const answer = await test.request({
        method: 'POST',
        path,
        body: form,
        headers: { authorization, 'content-type': type },
      });
      expect([type, answer.status, problemOf(answer).code]).toEqual([
        type,
        400,
        'validation_failed',
      ]);
    }
    for (const type of ['application/json', 'application/x-www-form-urlencoded']) {
      const noForm = await test.request({
        method: 'POST',
        path,
        body: '{"file":"text"}',
        headers: { authorization, 'content-type': type },
      });
      expect([noForm.status, problemOf(noForm).code]).toEqual([415, 'unsupported_media_type']);
    }
    const elsewhere = await test.request({
      method: 'POST',
      path: API_ROUTES.messages(conversation.id),
      body,
      headers: { ...headers, authorization },
    });
    expect(elsewhere.status).toBe(415);
    expect(await files()).toEqual(before);
  });

  it('the largest file is taken, one byte more is not, said beforehand or not', async () => {
    const largest = Buffer.alloc(LIMITS.attachmentBytesMax, 'x');
    const { status, body } = await send({ content: largest });
    expect([status, body.size]).toEqual([201, largest.length]);
    const key = (await files()).find((path) => !path.endsWith('-thumbnail')) ?? '';
    expect((await readFile(key)).length).toBeGreaterThan(0);
    const tooLarge = await send({ content: Buffer.concat([largest, Buffer.from('x')]) });
    expect([tooLarge.status, problemOf(tooLarge).code]).toEqual([413, 'payload_too_large']);
    const far = await send({ content: Buffer.alloc(3 * LIMITS.attachmentBytesMax, 'x') });
    expect(far.status).toBe(413);
  });
});
