import { Injectable } from '@nestjs/common';
import { generateKeyPairSync } from 'node:crypto';
import { Database, type Statement } from '../../platform/database/database';

/** A VAPID key pair (RFC 8292), base64url. */
export interface PushKeyPair {
  publicKey: string;
  privateKey: string;
}

const FIND: Statement = {
  name: 'push-keys',
  text: `SELECT public_key AS "publicKey", private_key AS "privateKey" FROM notification_push_keys`,
};

/** $1 public key, $2 private key. Of instances that start together the first one's stay. */
const KEEP: Statement = {
  name: 'push-keys-keep',
  text: `INSERT INTO notification_push_keys (public_key, private_key) VALUES ($1, $2)
    ON CONFLICT DO NOTHING`,
};

/**
 * The keys that this installation signs its pushes with: made when first asked for, kept in the
 * database, never changed, since every subscription is bound to them.
 */
@Injectable()
export class PushKeys {
  private known: PushKeyPair | null = null;

  constructor(private readonly database: Database) {}

  async get(): Promise<PushKeyPair> {
    this.known ??= await this.findOrMake();
    return this.known;
  }

  private async findOrMake(): Promise<PushKeyPair> {
    const [found] = await this.database.rows<PushKeyPair>(FIND, []);
    if (found) return found;
    const { publicKey, privateKey } = makeKeys();
    await this.database.write(KEEP, [publicKey, privateKey]);
    const [kept] = await this.database.rows<PushKeyPair>(FIND, []);
    if (!kept) throw new Error('The push keys were not kept.');
    return kept;
  }
}

function makeKeys(): PushKeyPair {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '', d = '' } = privateKey.export({ format: 'jwk' });
  const point = [Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')];
  return { publicKey: Buffer.concat(point).toString('base64url'), privateKey: d };
}
