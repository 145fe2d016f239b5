import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';

/**
 * The connections of an instance carry its name, so that the others know from the database who may
 * write and must be heard (`platform/bus`). Programs that do not tell news have no such name.
 */
export const INSTANCE_PREFIX = 'support-chat/';

export function newInstanceName(): string {
  return INSTANCE_PREFIX + randomBytes(6).toString('hex');
}

/** @throws Error for a data source that was not opened for an instance */
export function instanceNameOf({ options }: DataSource): string {
  const name = 'applicationName' in options ? options.applicationName : undefined;
  if (!name?.startsWith(INSTANCE_PREFIX)) throw new Error('These connections name no instance.');
  return name;
}
