import { API_ROUTES, type Message, type StagedAttachment } from '@support-chat/contracts';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { noisyPicture } from '../../support/images';
import type { Writer } from './sending-load';

const PAUSE_MS = 50;

/** People who upload documents and photos in turn and send each, whatever becomes of the API. */
export class SendingFiles {
  /** SHA-256 of what was sent, by the names of the files whose messages were acknowledged. */
  readonly acknowledged = new Map<string, string>();
  /** Calls that broke. */
  interruptions = 0;
  private isOver = false;
  private readonly work: Promise<void>;

  constructor(writers: readonly Writer[]) {
    this.work = Promise.all(writers.map(async (writer) => this.write(writer))).then(
      () => undefined,
    );
  }

  async stop(): Promise<void> {
    this.isOver = true;
    await this.work;
  }

  private async write(writer: Writer): Promise<void> {
    for (let turn = 0; !this.isOver; turn += 1) {
      const isPhoto = turn % 2 === 1;
      const content = isPhoto
        ? await noisyPicture(900, 700).jpeg().toBuffer()
        : Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(400_000)]);
      try {
        await this.sendOne(writer, `${randomUUID()}.${isPhoto ? 'jpg' : 'pdf'}`, content);
      } catch {
        this.interruptions += 1;
      }
      await delay(PAUSE_MS);
    }
  }

  private async sendOne(
    { by, conversationId }: Writer,
    name: string,
    content: Buffer,
  ): Promise<void> {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(content)]), name);
    const response = await fetch(by.target.origin + API_ROUTES.uploads(conversationId), {
      method: 'POST',
      headers: { Authorization: `Bearer ${by.token}` },
      body: form,
    });
    if (response.status !== 201) throw new Error(`The upload was answered ${response.status}.`);
    const { id } = (await response.json()) as StagedAttachment;
    const sent = await by.post<Message>(API_ROUTES.messages(conversationId), { attachment_id: id });
    if (sent.status !== 201) throw new Error(`The message was answered ${sent.status}.`);
    this.acknowledged.set(name, createHash('sha256').update(content).digest('hex'));
  }
}
