import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  API_ROUTES,
  type Conversation,
  type FieldCode,
  type StagedAttachment,
} from '@support-chat/contracts';
import type { LightMyRequestResponse } from 'fastify';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { ImageEncoder, type ImageType } from '../src/chat/attachments/images/image-encoder';
import { ProblemError } from '../src/platform/http/problem.error';
import {
  animatedGif,
  animatedPng,
  animatedWebp,
  exifWithThumbnail,
  fiveColourJpeg,
  hugePng,
  noisyPicture,
  picture,
  withJpegSegment,
  withPngChunk,
} from './support/images';
import {
  createTestApp,
  problemOf,
  type Answer,
  type Person,
  type TestApp,
} from './support/test-app';
import { liftQuota, upload } from './support/uploads';
import { zip } from './support/zip';

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
  const served = async (path: string): Promise<LightMyRequestResponse> => {
    const headers = { authorization: `Bearer ${student.token}` };
    return test.app.inject({ method: 'GET', url: path, headers });
  };
  const pathsOf = ({ id }: StagedAttachment): string[] => [
    API_ROUTES.attachmentContent(id),
    API_ROUTES.attachmentThumbnail(id),
  ];

  it('A077 what is hidden in a picture or behind it is gone, and nothing can run where it is shown', async () => {
    const script = '<script>alert(1)</script>';
    const archive = zip({ name: 'alert.html', content: script, isStored: true });
    const hide: Record<(typeof FORMATS)[number], (image: Buffer) => Buffer> = {
      jpeg: (image) => withJpegSegment(image, 0xfe, Buffer.from(script)),
      png: (image) => withPngChunk(image, 'tEXt', Buffer.from(`Comment\0${script}`)),
      webp: (image) => image,
    };
    for (const format of FORMATS) {
      const image = hide[format](await picture(30, 20).toFormat(format).toBuffer());
      const { body } = await send(Buffer.concat([image, archive]));
      expect(body.media_type).toBe(`image/${format}`);
      for (const [n, path] of pathsOf(body).entries()) {
        const shown = await served(path);
        expect(shown.statusCode).toBe(200);
        expect(shown.rawPayload.toString('latin1')).not.toMatch(
          /alert|PK(\x01\x02|\x03\x04|\x05\x06)/,
        );
        expect(shown.headers).toMatchObject({
          'content-type': n === 0 ? `image/${format}` : 'image/webp',
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
        const { rawPayload } = await served(path);
        const { exif, icc, xmp, iptc } = await sharp(rawPayload).metadata();
        expect([exif, icc, xmp, iptc]).toEqual([undefined, undefined, undefined, undefined]);
        expect(rawPayload.toString('latin1')).not.toMatch(/Camera|Somebody/);
      }
    }
  });

  it('A083 the small photo that cameras put beside a photo is gone too', async () => {
    const small = await picture(16, 12).negate().jpeg().toBuffer();
    const exif = exifWithThumbnail(withJpegSegment(small, 0xfe, Buffer.from('Somebody')));
    const photo = picture(300, 200);
    const contents = [
      withJpegSegment(
        await photo.jpeg().toBuffer(),
        0xe1,
        Buffer.concat([Buffer.from('Exif\0\0'), exif]),
      ),
      withPngChunk(await photo.png().toBuffer(), 'eXIf', exif),
    ];
    for (const content of contents) {
      expect((await sharp(content).metadata()).exif?.includes('Somebody')).toBe(true);
      const { body } = await send(content);
      for (const path of pathsOf(body)) {
        const shown = (await served(path)).rawPayload.toString('latin1');
        expect(shown).not.toMatch(/Exif|eXIf|EXIF|Somebody/);
        expect(shown.split('\xff\xd8\xff')).toHaveLength(shown.startsWith('\xff\xd8') ? 2 : 1);
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
      (await served(API_ROUTES.attachmentContent(body.id))).rawPayload,
    ).metadata();
    expect([space, channels]).toEqual(['srgb', 3]);
  });

  it('a thumbnail is small, and no larger than its image', async () => {
    const { body: large } = await send(await picture(2000, 500).png().toBuffer());
    const { body: small } = await send(await picture(64, 32).png().toBuffer());
    const sizes = [large, small].map(async ({ id }) => {
      const { width, height, format } = await sharp(
        (await served(API_ROUTES.attachmentThumbnail(id))).rawPayload,
      ).metadata();
      return [format, width, height];
    });
    expect(await Promise.all(sizes)).toEqual([
      ['webp', 640, 160],
      ['webp', 64, 32],
    ]);
  });

  it.each<[string, () => Buffer | Promise<Buffer>, FieldCode?]>([
    ['of 30,000 by 30,000 pixels', () => hugePng(30_000, 30_000)],
    ['of 2^31 by 2^31 pixels', () => hugePng(0x7fff_ffff, 0x7fff_ffff)],
    ['of 65,000 by 1 pixels', async () => picture(65_000, 1).png().toBuffer()],
    ['of 1 by 65,000 pixels', async () => picture(1, 65_000).jpeg().toBuffer()],
    ['of 25,010,000 pixels', async () => picture(5_001, 5_001).png().toBuffer()],
    ['that moves (PNG)', animatedPng],
    ['that moves (WebP)', animatedWebp],
    ['of five colours', fiveColourJpeg],
    ['of 10,000 frames (GIF)', () => animatedGif(10_000), 'not_allowed'],
  ])(
    'A081 an image %s is refused at once, and costs little',
    async (_, make, code = 'bad_format') => {
      const content = await make();
      const before = process.memoryUsage().rss;
      const started = performance.now();
      const answers = await Promise.all(Array.from({ length: 10 }, async () => send(content)));
      for (const answer of answers) {
        expect([answer.status, problemOf(answer).errors]).toMatchObject([
          400,
          [{ field: 'file', code }],
        ]);
      }
      // Of all ten, on a busy machine; one takes a tenth of it.
      expect(performance.now() - started).toBeLessThan(10_000);
      expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
    },
  );

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

  /** Whether it passes; anything but a sound image or a plain refusal fails the test. */
  async function passes(type: ImageType, content: Buffer): Promise<boolean> {
    const paths = {
      original: join(folder, 'original'),
      image: join(folder, 'image'),
      thumbnail: join(folder, 'thumbnail'),
    };
    await writeFile(paths.original, content);
    try {
      await encoder.encode(type, paths);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      expect(error.code).toBe('validation_failed');
      return false;
    }
    for (const [path, expected] of [
      [paths.image, type],
      [paths.thumbnail, 'image/webp'],
    ] as const) {
      const drawn = sharp(path, { failOn: 'warning' });
      expect(`image/${(await drawn.metadata()).format}`).toBe(expected);
      expect((await drawn.raw().toBuffer()).length).toBeGreaterThan(0);
    }
    return true;
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

  it.each(['IHDR', 'IDAT'])(
    'png: refused when only the check sum of %s is wrong',
    async (chunk) => {
      const png = await noisyPicture(64, 48).png().toBuffer();
      const data = png.indexOf(chunk, 0, 'latin1') + 4;
      const sum = data + png.readUInt32BE(data - 8);
      for (let bit = 0; bit < 32; bit += 1) {
        const broken = Buffer.from(png);
        broken.writeUInt32BE((png.readUInt32BE(sum) ^ (1 << bit)) >>> 0, sum);
        expect([bit, await passes('image/png', broken)]).toEqual([bit, false]);
      }
    },
  );

  it.each(FORMATS)('%s: 350 mutations are drawn or refused, and nothing else', async (format) => {
    const whole = await noisyPicture(64, 48).toFormat(format).toBuffer();
    const positions = numbers(whole.length);
    const bytes = numbers(251);
    const count = { drawn: 0, refused: 0 };
    for (let n = 0; n < 350; n += 1) {
      const mutant = Buffer.from(whole);
      for (let flips = 0; flips < 1 + (n % 8); flips += 1) {
        mutant[positions.next().value] = bytes.next().value;
      }
      count[(await passes(`image/${format}`, mutant)) ? 'drawn' : 'refused'] += 1;
    }
    expect(count.drawn + count.refused).toBe(350);
    expect(count.refused).toBeGreaterThan(0);
  });
});
