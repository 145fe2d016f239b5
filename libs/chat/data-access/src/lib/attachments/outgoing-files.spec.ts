import { TestBed } from '@angular/core/testing';
import type { AttachmentPolicy } from '@support-chat/contracts';
import { firstValueFrom } from 'rxjs';
import { USER, chatTestBed } from '../testing/chat-test-bed';
import { FakeImageScaler } from '../testing/fake-image-scaler';
import { POLICY, fileOf } from '../testing/files';
import { ImageChoice } from './image-choice';
import { ImageScaler } from './image-scaler';
import { OutgoingFiles, hasSizeChoice } from './outgoing-files';

const ROOMY: AttachmentPolicy = { ...POLICY, max_bytes: 5_000_000 };
const PHOTO = fileOf('IMG_1.JPG', 'image/jpeg', 2_000_000);
const PHOTO_TOO_LONG = fileOf('IMG_2.jpeg', 'image/jpeg', 5_000_001);

describe('OutgoingFiles', () => {
  let outgoing: OutgoingFiles;
  let scaler: FakeImageScaler;

  beforeEach(() => {
    localStorage.clear();
    chatTestBed(USER, [FakeImageScaler, { provide: ImageScaler, useExisting: FakeImageScaler }]);
    outgoing = TestBed.inject(OutgoingFiles);
    scaler = TestBed.inject(FakeImageScaler);
  });

  const choose = () => {
    TestBed.inject(ImageChoice).choose(true);
  };
  /** Name, type, size and reason of what goes out. */
  const prepare = async (file: File, policy = ROOMY) => {
    const { file: sent, smaller } = await firstValueFrom(outgoing.prepare(file, policy));
    return [sent.name, sent.type, sent.size, smaller];
  };

  it('ux-33 sends a large photograph as it is, unless the person chose otherwise', async () => {
    const { file } = await firstValueFrom(outgoing.prepare(PHOTO, ROOMY));
    expect(file).toBe(PHOTO);
    choose();
    expect(await prepare(PHOTO)).toEqual(['IMG_1.JPG', 'image/jpeg', 300_000, 'chosen']);
    expect(scaler.calls).toEqual(['IMG_1.JPG as image/jpeg']);
  });

  it('ux-33 never touches small images and documents', async () => {
    choose();
    const document = fileOf('a.pdf', 'application/pdf', 3_000_000);
    let sent: File | undefined;
    outgoing.prepare(document, ROOMY).subscribe(({ file }) => (sent = file));
    expect(sent).toBe(document); // At once.
    const small = fileOf('a.png', 'image/png', 1_000_000);
    expect((await firstValueFrom(outgoing.prepare(small, ROOMY))).file).toBe(small);
    expect(scaler.calls).toEqual([]);
  });

  it('ux-33 keeps a format with transparency where there may be some', async () => {
    choose();
    const png = fileOf('my.plan.png', 'image/png', 2_000_000);
    expect(await prepare(png)).toEqual(['my.plan.webp', 'image/webp', 300_000, 'chosen']);
    const withoutWebp: AttachmentPolicy = { ...ROOMY, allowed_types: ['image/png'] };
    expect(await prepare(png, withoutWebp)).toEqual([
      'my.plan.png',
      'image/png',
      300_000,
      'chosen',
    ]);
    // Not every browser writes WebP.
    scaler.drawn = [{ size: 300_000, type: 'image/png' }];
    const webp = fileOf('plan.webp', 'image/webp', 2_000_000);
    expect(await prepare(webp)).toEqual(['plan.png', 'image/png', 300_000, 'chosen']);
  });

  it('ux-33 does not take what saves next to nothing, or would be refused', async () => {
    choose();
    scaler.drawn = [{ size: 1_900_000 }];
    expect(await prepare(PHOTO)).toEqual(['IMG_1.JPG', 'image/jpeg', 2_000_000, null]);
    scaler.drawn = [{ size: 300_000, type: 'image/png' }];
    const webp = fileOf('plan.webp', 'image/webp', 2_000_000);
    const withoutPng: AttachmentPolicy = { ...ROOMY, allowed_types: ['image/webp'] };
    expect(await prepare(webp, withoutPng)).toEqual(['plan.webp', 'image/webp', 2_000_000, null]);
  });

  it('ux-33 sends an image that the browser cannot read, or that moves, as it is', async () => {
    choose();
    const head = new Uint8Array(Buffer.from('RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x02', 'latin1'));
    const type = 'image/webp';
    const moving = new File([head, 'x'.repeat(2_000_000)], 'moving.webp', { type });
    expect((await prepare(moving))[0]).toBe('moving.webp');
    expect(scaler.calls).toEqual([]);
    scaler.drawn = null;
    expect(await prepare(PHOTO)).toEqual(['IMG_1.JPG', 'image/jpeg', 2_000_000, null]);
    TestBed.inject(ImageChoice).choose(false);
    expect(await prepare(PHOTO)).toEqual(['IMG_1.JPG', 'image/jpeg', 2_000_000, null]);
  });

  it('ux-33 makes an image smaller unasked where the server would not take it', async () => {
    expect(outgoing.refusalOf(PHOTO_TOO_LONG, ROOMY)).toBeNull();
    expect(await prepare(PHOTO_TOO_LONG)).toEqual(['IMG_2.jpeg', 'image/jpeg', 300_000, 'limit']);
    scaler.size = { width: 10_000, height: 5_000 };
    expect(await prepare(PHOTO)).toEqual(['IMG_1.JPG', 'image/jpeg', 300_000, 'limit']);
  });

  it.each([
    ['many pixels in few bytes', { width: 10_000, height: 8_000 }],
    ['a long strip', { width: 1_080, height: 20_000 }],
  ])('ux-33 makes a small file smaller that the server would not take: %s', async (_, size) => {
    scaler.size = size;
    scaler.drawn = [{ size: 700_000 }];
    const small = fileOf('a.png', 'image/png', 600_000);
    expect(await prepare(small)).toEqual(['a.webp', 'image/webp', 700_000, 'limit']);
  });

  it('ux-33 tries once more, smaller, where that is not enough, and gives up after it', async () => {
    scaler.drawn = [{ size: 5_000_001 }, { size: 900_000 }];
    expect(await prepare(PHOTO_TOO_LONG)).toEqual(['IMG_2.jpeg', 'image/jpeg', 900_000, 'limit']);
    scaler.drawn = [{ size: 5_000_001 }];
    const { smaller, refusal } = await firstValueFrom(outgoing.prepare(PHOTO_TOO_LONG, ROOMY));
    expect([smaller, refusal]).toEqual([null, 'size']);
    expect(scaler.calls).toEqual([
      'IMG_2.jpeg as image/jpeg',
      'IMG_2.jpeg as image/jpeg, 0.5',
      'IMG_2.jpeg as image/jpeg',
      'IMG_2.jpeg as image/jpeg, 0.5',
    ]);
  });

  it('ux-33 refuses an image that would take too much room to draw', async () => {
    scaler.size = { width: 20_000, height: 10_000 };
    const { smaller, refusal } = await firstValueFrom(outgoing.prepare(PHOTO, ROOMY));
    expect([smaller, refusal, scaler.calls]).toEqual([null, 'pixels', []]);
  });

  it('says when nobody waits for an image any more', async () => {
    choose();
    const waiting = outgoing.prepare(PHOTO, ROOMY).subscribe();
    while (scaler.signals.length === 0) await new Promise((resolve) => setTimeout(resolve));
    waiting.unsubscribe();
    expect(scaler.signals[0]?.aborted).toBe(true);
  });

  it('leaves what stays too large for the server to refuse, and no other file', async () => {
    const strict = { ...ROOMY, max_bytes: 200_000 };
    expect(await prepare(PHOTO, strict)).toEqual(['IMG_1.JPG', 'image/jpeg', 2_000_000, null]);
    expect(outgoing.refusalOf(fileOf('a.pdf', '', 200_001), strict)).toBe('size');
    expect(outgoing.refusalOf(fileOf('a.jpg', 'image/jpeg', 0), strict)).toBe('empty');
  });

  it('ux-33 is a choice for large images alone that the server would take as they are', () => {
    expect(hasSizeChoice(PHOTO, ROOMY)).toBe(true);
    expect(hasSizeChoice(PHOTO_TOO_LONG, ROOMY)).toBe(false);
    expect(hasSizeChoice(fileOf('a.png', 'image/png', 1_000_000), ROOMY)).toBe(false);
    expect(hasSizeChoice(fileOf('a.pdf', 'application/pdf', 2_000_000), ROOMY)).toBe(false);
  });
});
