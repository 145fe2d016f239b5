import { Injectable } from '@nestjs/common';
import { LIMITS, type IMAGE_TYPES } from '@support-chat/contracts';
import { open } from 'node:fs/promises';
import type { OutputInfo, Sharp, SharpOptions } from 'sharp';
import { ProblemError } from '../../../platform/http/problem.error';
import { Turnstile } from '../../../platform/limits/turnstile';
import { insufficientStorage, isOutOfSpace } from '../../../platform/storage/storage-problems';
import { isAnimatedPng } from './animated-png';

export type ImageType = (typeof IMAGE_TYPES)[number];

export interface EncodedImage {
  size: number;
  width: number;
  height: number;
  thumbnailSize: number;
}

export interface ImagePaths {
  original: string;
  image: string;
  thumbnail: string;
}

/** The largest WebP takes 320 MB for as long as it is drawn; nothing else comes near. */
const AT_ONCE = 1;
const WAITING = 50;
const SECONDS_MAX = 10;

const INPUT: SharpOptions = {
  limitInputPixels: LIMITS.imagePixelsMax,
  failOn: 'warning',
  sequentialRead: true,
};

type SharpModule = typeof import('sharp').default;

/**
 * Draws images anew: only pixels pass, in the orientation they are meant to be seen, and whatever
 * else was in the file is gone. One at a time. Fails with `validation_failed` for what is not one
 * sound picture of a bearable size.
 */
@Injectable()
export class ImageEncoder {
  private readonly turnstile = new Turnstile(AT_ONCE, WAITING);
  private sharp: Promise<SharpModule> | null = null;

  async encode(type: ImageType, paths: ImagePaths): Promise<EncodedImage> {
    const sharp = await this.load();
    return this.turnstile.pass(async () => {
      await checkImage(sharp, type, paths.original);
      try {
        return await draw(sharp, type, paths);
      } catch (error) {
        throw isOutOfSpace(error) ? insufficientStorage(error) : unsound(error);
      }
    });
  }

  /** A failure is not remembered: the next image tries again. */
  private async load(): Promise<SharpModule> {
    try {
      return await (this.sharp ??= loadSharp());
    } catch (error) {
      this.sharp = null;
      throw error;
    }
  }
}

/** Loaded with the first image: it takes long, and many installations never see one. */
async function loadSharp(): Promise<SharpModule> {
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  // The other processors are for the chat.
  sharp.concurrency(1);
  // Whatever a file claims to be, nothing but these three readers ever sees it.
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({
    operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp'],
  });
  return sharp;
}

/** Reads the header only. */
async function checkImage(sharp: SharpModule, type: ImageType, path: string): Promise<void> {
  const {
    format,
    width,
    height,
    pages = 1,
    channels,
  } = await sharp(path, INPUT)
    .metadata()
    .catch((error: unknown) => {
      throw unsound(error);
    });
  if (`image/${format}` !== type || channels > 4) throw unsound();
  const { imagePixelsMax: most, imageSideMax: side } = LIMITS;
  if (width > side || height > side || width * height > most) {
    throw refuse(`must have at most ${most / 1_000_000} megapixels and ${side} on a side`);
  }
  if (pages > 1 || (type === 'image/png' && (await isAnimated(path)))) {
    throw refuse('must not be animated');
  }
}

async function isAnimated(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    return await isAnimatedPng(file);
  } finally {
    await file.close();
  }
}

/** Without `keep…` calls sharp writes no metadata, and colours are turned into sRGB before. */
async function draw(sharp: SharpModule, type: ImageType, paths: ImagePaths): Promise<EncodedImage> {
  const upright = sharp(paths.original, INPUT).timeout({ seconds: SECONDS_MAX }).autoOrient();
  const image: OutputInfo = await as(upright.clone(), type).toFile(paths.image);
  const side = LIMITS.thumbnailPixels;
  const thumbnail = await upright
    .clone()
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 80 })
    .toFile(paths.thumbnail);
  return {
    size: image.size,
    width: image.width,
    height: image.height,
    thumbnailSize: thumbnail.size,
  };
}

function as(image: Sharp, type: ImageType): Sharp {
  if (type === 'image/png') return image.png();
  if (type === 'image/webp') return image.webp({ quality: 85, effort: 2 });
  // Tables made for each image would save a twentieth, and hold all of it in memory.
  return image.jpeg({ quality: 85, optimiseCoding: false });
}

function unsound(cause?: unknown): ProblemError {
  return refuse('is not an image that can be read', cause);
}

function refuse(detail: string, cause?: unknown): ProblemError {
  const errors = [{ field: 'file', code: 'bad_format' as const, detail }];
  return new ProblemError('validation_failed', 'The input is not acceptable.', { errors, cause });
}
