import { Injectable } from '@nestjs/common';
import { IMAGE_TYPES, type AttachmentType } from '@support-chat/contracts';
import { join } from 'node:path';
import { ProblemError } from '../../../platform/http/problem.error';
import { cleanName } from '../content/file-name';
import { detectType } from '../content/file-type';
import { ImageEncoder, type EncodedImage, type ImageType } from '../images/image-encoder';
import type { ReceivedFile } from './upload-reader';

/** A file that may be kept. */
export interface PreparedFile {
  name: string;
  type: AttachmentType;
  /** What to keep: the file as it came, or the image drawn anew. */
  path: string;
  size: number;
  image: (EncodedImage & { thumbnailPath: string }) | null;
}

/** Looks at what has arrived: what it is, whether that is allowed, and images drawn anew. */
@Injectable()
export class FilePreparation {
  constructor(private readonly images: ImageEncoder) {}

  /**
   * @param folder where further files may be written
   * @throws ProblemError `validation_failed` for what is not allowed or cannot be read
   */
  async prepare(
    { path, size, claimedName }: ReceivedFile,
    allowed: readonly AttachmentType[],
    folder: string,
  ): Promise<PreparedFile> {
    const type = await detectType(path);
    if (type === null || !allowed.includes(type)) {
      const detail = 'is not of a type that is allowed here';
      throw ProblemError.invalid({ field: 'file', code: 'not_allowed', detail });
    }
    const name = cleanName(claimedName, type);
    if (!isImage(type)) return { name, type, path, size, image: null };
    const paths = {
      original: path,
      image: join(folder, 'image'),
      thumbnail: join(folder, 'thumbnail'),
    };
    const image = await this.images.encode(type, paths);
    return {
      name,
      type,
      path: paths.image,
      size: image.size,
      image: { ...image, thumbnailPath: paths.thumbnail },
    };
  }
}

function isImage(type: AttachmentType): type is ImageType {
  return (IMAGE_TYPES as readonly AttachmentType[]).includes(type);
}
