import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  hkdfSync,
  randomBytes,
  randomUUID,
  verify,
  type ECDH,
} from 'node:crypto';
import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PushPayload, PushSubscriptionBody } from '@support-chat/contracts';

/** A push as the device sees it, once it is decrypted. */
export interface ReceivedPush {
  device: TestDevice;
  headers: IncomingHttpHeaders;
  payload: PushPayload;
  /** Claims of the sender's signed word (RFC 8292), the signature verified. */
  sender: { aud: string; exp: number; sub: string };
  at: number;
}

/** What the service makes of a push: a status, or something worse. */
export type Behaviour = number | 'hang' | 'reset' | 'endless' | 'redirect';

/** A browser with a subscription at the service. */
export class TestDevice {
  readonly id = randomUUID();
  readonly auth = randomBytes(16);
  readonly ecdh: ECDH = createECDH('prime256v1');
  /** Without one the push is taken. */
  behaviour: Behaviour = 201;
  /** How often the service was called for it. */
  calls = 0;

  constructor(private readonly origin: string) {
    this.ecdh.generateKeys();
  }

  get endpoint(): string {
    return `${this.origin}/push/${this.id}`;
  }

  get subscription(): PushSubscriptionBody {
    const keys = {
      p256dh: this.ecdh.getPublicKey('base64url'),
      auth: this.auth.toString('base64url'),
    };
    return { endpoint: this.endpoint, keys };
  }
}

/** A push service on loopback that does what a browser vendor's does, and decrypts what it gets. */
export class PushService {
  readonly received: ReceivedPush[] = [];
  /** Whatever did not look as it must. */
  readonly faults: unknown[] = [];
  /** Calls to any other address, such as where a redirect leads. */
  strays = 0;
  private readonly devices = new Map<string, TestDevice>();

  private constructor(private readonly server: Server) {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.take(request, response).catch((fault: unknown) => {
        this.faults.push(fault);
        response.writeHead(400).end();
      });
    });
  }

  static async start(): Promise<PushService> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new PushService(server);
  }

  /** As `PUSH_HOSTS` names it. */
  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  device(): TestDevice {
    const device = new TestDevice(this.origin);
    this.devices.set(`/push/${device.id}`, device);
    return device;
  }

  receivedBy(device: TestDevice): ReceivedPush[] {
    return this.received.filter((push) => push.device === device);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const device = this.devices.get(request.url ?? '');
    if (!device) {
      this.strays += 1;
      response.writeHead(404).end();
      return;
    }
    device.calls += 1;
    const body = Buffer.concat(await request.toArray());
    const { behaviour } = device;
    if (behaviour === 'hang') return;
    if (behaviour === 'reset') request.socket.resetAndDestroy();
    else if (behaviour === 'redirect') response.writeHead(307, { Location: '/elsewhere' }).end();
    else if (behaviour === 'endless') pourOut(response);
    else {
      if (behaviour < 300) this.received.push(read(device, request, body, this.origin));
      response.writeHead(behaviour).end();
    }
  }
}

function read(
  device: TestDevice,
  request: IncomingMessage,
  body: Buffer,
  origin: string,
): ReceivedPush {
  const { headers } = request;
  if (headers['content-encoding'] !== 'aes128gcm') throw new Error('Not aes128gcm.');
  if (!/^\d+$/.test(String(headers['ttl']))) throw new Error('No TTL.');
  const payload = JSON.parse(decrypt(device, body)) as PushPayload;
  const sender = readSender(headers.authorization ?? '');
  if (sender.aud !== origin) throw new Error('Signed for another service.');
  if (sender.exp * 1_000 < Date.now()) throw new Error('The signature has expired.');
  return { device, headers, payload, sender, at: Date.now() };
}

/** RFC 8291 from the receiver's side: the record of RFC 8188, its keys by the device's secrets. */
function decrypt(device: TestDevice, body: Buffer): string {
  const [salt, idLength] = [body.subarray(0, 16), body.readUInt8(20)];
  const senderKey = body.subarray(21, 21 + idLength);
  const record = body.subarray(21 + idLength);
  const info = Buffer.concat([
    Buffer.from('WebPush: info\0'),
    device.ecdh.getPublicKey(),
    senderKey,
  ]);
  const key = derive(device.ecdh.computeSecret(senderKey), device.auth, info, 32);
  const contentKey = derive(key, salt, 'Content-Encoding: aes128gcm\0', 16);
  const nonce = derive(key, salt, 'Content-Encoding: nonce\0', 12);
  const decipher = createDecipheriv('aes-128-gcm', contentKey, nonce);
  decipher.setAuthTag(record.subarray(-16));
  const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
  const end = padded.lastIndexOf(2);
  if (end === -1) throw new Error('No delimiter of a last record.');
  return padded.subarray(0, end).toString();
}

function derive(key: Buffer, salt: Buffer, info: Buffer | string, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', key, salt, info, length));
}

/** `vapid t=…, k=…` (RFC 8292). @throws when it is not signed by that key */
function readSender(authorization: string): ReceivedPush['sender'] {
  const [, token = '', key = ''] = /^vapid t=([^,]+), ?k=(.+)$/.exec(authorization) ?? [];
  const point = Buffer.from(key, 'base64url');
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((b) => b.toString('base64url'));
  const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
  const [header = '', claims = '', signature = ''] = token.split('.');
  const isGenuine = verify(
    'sha256',
    Buffer.from(`${header}.${claims}`),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  if (!isGenuine) throw new Error('The signature is false.');
  return JSON.parse(Buffer.from(claims, 'base64url').toString()) as ReceivedPush['sender'];
}

/** Never ends by itself. */
function pourOut(response: ServerResponse): void {
  response.writeHead(201);
  const chunk = Buffer.alloc(16 * 1024);
  const pour = (): void => {
    if (response.destroyed) return;
    if (response.write(chunk)) setImmediate(pour);
    else response.once('drain', pour);
  };
  pour();
}
