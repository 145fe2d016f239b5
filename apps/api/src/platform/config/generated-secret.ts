import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../error-code';
import { StartupError } from '../startup-error';

/**
 * The secret in `DATA_DIR/jwt-secret`, made at the first start and readable by its owner only.
 * @throws StartupError when the file can be neither read nor made
 */
export async function generatedJwtSecret(dataDir: string): Promise<string> {
  const path = join(dataDir, 'jwt-secret');
  try {
    await writeFile(path, `${randomBytes(48).toString('base64url')}\n`, {
      mode: 0o600,
      flag: 'wx',
    });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST')
      throw new StartupError(`The signing secret ${path} cannot be written.`);
  }
  const secret = (await readFile(path, 'utf8')).trim();
  if (secret.length < 32) throw new StartupError(`The signing secret ${path} is too short.`);
  return secret;
}
