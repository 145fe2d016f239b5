import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { API_ROUTES, type Conversation, type StagedAttachment } from '@support-chat/contracts';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { ImageEncoder, type ImageType } from '../src/chat/attachments/images/image-encoder';
import { ProblemError } from '../src/platform/http/problem.error';
import { animatedPng, animatedWebp, hugePng, noisyPicture, picture } from './support/images';
import {
  createTestApp,
  problemOf,
  type Answer,
  type Person,
  type TestApp,
} from './support/test-app';
import { liftQuota, upload } from './support/uploads';

const FORMATS = ['jpeg', 'png', 'webp'] as const;

describe('images', () => {
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

  const send = async (content: Buffer): Promise<Answer<StagedAttachment>> =>
    upload(test, student, conversation.id, { content });
  const served = async (path: string): Promise<Buffer> => {
    const headers = { authorization: `Bearer ${student.token}` };
    return (await test.app.inject({ method: 'GET', url: path, headers })).rawPayload;
  };
  const pathsOf = ({ id }: StagedAttachment): string[] => [
    API_ROUTES.attachmentContent(id),
    API_ROUTES.attachmentThumbnail(id),
  ];

  it('A077 what is hidden behind a picture is gone, and nothing can run where it is shown', async () => {
    const hidden = '<script>alert(1)</script>PK\x03\x04';
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      const image = await picture(30, 20).toFormat(format).toBuffer();
      const { body } = await send(Buffer.concat([image, Buffer.from(hidden)]));
      for (const path of pathsOf(body)) {
        const shown = await student.get(path);
        expect(shown.status).toBe(200);
        expect(shown.text).not.toContain('alert');
        expect(shown.headers).toMatchObject({
          'content-security-policy': "sandbox; default-src 'none'",
          'cross-origin-resource-policy': 'same-origin',
          'x-content-type-options': 'nosniff',
          'cache-control': 'private, no-cache',
        });
      }
    }
  });

  it('A083 nothing but the picture is left of a photo: no place, no camera, no colour profile', async () => {
    const exif = { IFD0: { Make: 'Camera', Copyright: 'Somebody' }, IFD3: { GPSLatitude: '52/1' } };
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      const content = await picture(300, 200)
        .withExif(exif)
        .withIccProfile('p3')
        .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">Somebody</x:xmpmeta>')
        .toFormat(format)
        .toBuffer();
      expect((await sharp(content).metadata()).exif).toBeDefined();
      const { body } = await send(content);
      for (const path of pathsOf(body)) {
        const served = await test.app.inject({
          method: 'GET',
          url: path,
          headers: { authorization: `Bearer ${student.token}` },
        });
        const { exif, icc, xmp, iptc } = await sharp(served.rawPayload).metadata();
        expect([exif, icc, xmp, iptc]).toEqual([undefined, undefined, undefined, undefined]);
        expect(served.rawPayload.toString('latin1')).not.toMatch(/Camera|Somebody/);
      }
    }
  });

  it('a photo taken sideways stands upright', async () => {
    const content = await picture(300, 200).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const { body } = await send(content);
    expect(body).toMatchObject({ width: 200, height: 300 });
  });

  it('colours for printing become colours for screens', async () => {
    const { body } = await send(await picture(30, 20).toColourspace('cmyk').jpeg().toBuffer());
    const { space, channels } = await sharp(
      await served(API_ROUTES.attachmentContent(body.id)),
    ).metadata();
    expect([space, channels]).toEqual(['srgb', 3]);
  });

  it('a thumbnail is small, and no larger than its image', async () => {
    const { body: large } = await send(await picture(2000, 500).png().toBuffer());
    const { body: small } = await send(await picture(64, 32).png().toBuffer());
    const sizes = [large, small].map(async ({ id }) => {
      const { width, height, format } = await sharp(
        await served(API_ROUTES.attachmentThumbnail(id)),
      ).metadata();
      return [format, width, height];
    });
    expect(await Promise.all(sizes)).toEqual([
      ['webp', 640, 160],
      ['webp', 64, 32],
    ]);
  });

  it.each<[string, () => Buffer | Promise<Buffer>]>([
    ['of 30,000 by 30,000 pixels', () => hugePng(30_000, 30_000)],
    ['of 2^31 by 2^31 pixels', () => hugePng(0x7fff_ffff, 0x7fff_ffff)],
    ['of 65,000 by 1 pixels', async () => picture(65_000, 1).png().toBuffer()],
    ['of 1 by 65,000 pixels', async () => picture(1, 65_000).jpeg().toBuffer()],
    ['of 25,010,000 pixels', async () => picture(5_001, 5_001).png().toBuffer()],
    ['that moves (PNG)', animatedPng],
    ['that moves (WebP)', animatedWebp],
  ])('A081 an image %s is refused at once, and costs little', async (_, make) => {
    const content = await make();
    const before = process.memoryUsage().rss;
    const started = performance.now();
    const answers = await Promise.all(Array.from({ length: 10 }, async () => send(content)));
    for (const answer of answers) {
      expect([answer.status, problemOf(answer).errors]).toMatchObject([
        400,
        [{ field: 'file', code: 'bad_format' }],
      ]);
    }
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  });

  it('the largest image is taken, ten at once too', async () => {
    const content = await picture(5_000, 5_000).jpeg().toBuffer();
    const answers = await Promise.all(Array.from({ length: 10 }, async () => send(content)));
    expect(answers.map(({ status }) => status)).toEqual(Array<number>(10).fill(201));
  });
});

describe('A082 broken images', () => {
  const encoder = new ImageEncoder();
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'support-chat-images-'));
  });
  afterAll(async () => rm(folder, { recursive: true, force: true }));

  /** Whether it passes; anything but a plain refusal fails the test. */
  async function passes(type: ImageType, content: Buffer): Promise<boolean> {
    const paths = {
      original: join(folder, 'original'),
      image: join(folder, 'image'),
      thumbnail: join(folder, 'thumbnail'),
    };
    await writeFile(paths.original, content);
    try {
      await encoder.encode(type, paths);
      return true;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      expect(error.code).toBe('validation_failed');
      return false;
    }
  }

  /** Always the same numbers below `end`. */
  function* numbers(end: number): Generator<number, never> {
    for (let seed = 42; ;) {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      yield seed % end;
    }
  }

  it.each(FORMATS)('%s: cut short or with noise behind the header', async (format) => {
    const whole = await noisyPicture(64, 48).toFormat(format).toBuffer();
    expect(await passes(`image/${format}`, whole)).toBe(true);
    const random = numbers(256);
    const noise = Buffer.from(whole.map((byte, n) => (n < 64 ? byte : random.next().value)));
    for (const part of [0.99, 0.5, 0.1]) {
      const cut = whole.subarray(0, whole.length * part);
      expect([part, await passes(`image/${format}`, cut)]).toEqual([part, false]);
    }
    // WebP has no check sums: its noise is a picture of noise.
    expect(await passes(`image/${format}`, noise)).toBe(format === 'webp');
  });

  it.each(FORMATS)('%s: 350 mutations are drawn or refused, and nothing else', async (format) => {
    const whole = await noisyPicture(64, 48).toFormat(format).toBuffer();
    const positions = numbers(whole.length);
    const bytes = numbers(251);
    let refused = 0;
    for (let n = 0; n < 350; n += 1) {
      const mutant = Buffer.from(whole);
      for (let flips = 0; flips < 1 + (n % 8); flips += 1) {
        mutant[positions.next().value] = bytes.next().value;
      }
      if (!(await passes(`image/${format}`, mutant))) refused += 1;
    }
    expect(refused).toBeGreaterThan(0);
  });
});
