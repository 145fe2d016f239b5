import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { Logger } from '@nestjs/common';
import type { S3Settings } from '../config/settings';

export interface S3Connections {
  /** How many there may be at once; further calls wait for one. */
  max: number;
  /** How long the server may take to answer, and pause within its answer. */
  silenceMaxMs: number;
}

/** A client for any server that speaks the S3 protocol, with connections of its own. */
export function createS3Client(
  { endpoint, region, accessKeyId, secretAccessKey }: S3Settings,
  { max, silenceMaxMs }: S3Connections,
): S3Client {
  const agent = { keepAlive: true, maxSockets: max };
  return new S3Client({
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    // Every server knows buckets by path; few have a host name for each.
    forcePathStyle: true,
    maxAttempts: 3,
    requestHandler: {
      connectionTimeout: 3_000,
      requestTimeout: silenceMaxMs,
      throwOnRequestTimeout: true,
      socketTimeout: silenceMaxMs,
      httpAgent: agent,
      httpsAgent: agent,
    },
    // Servers other than Amazon's need not know its newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    logger: createLogger(),
  });
}

/** Failures come as errors; what the client remarks besides would go to the console, past the log. */
function createLogger(): NonNullable<S3ClientConfig['logger']> {
  const log = new Logger('S3');
  const ignore = (): void => undefined;
  const warn = (...words: unknown[]): void => {
    log.debug(words.join(' '));
  };
  return { debug: ignore, info: ignore, warn, error: ignore };
}
