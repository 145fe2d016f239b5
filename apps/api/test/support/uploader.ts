import {
  API_ROUTES,
  type Conversation,
  type Message,
  type StagedAttachment,
} from '@support-chat/contracts';
import { join } from 'node:path';
import { Settings } from '../../src/platform/config/settings';
import { filesBelow } from './files-below';
import type { Answer, Person, TestApp } from './test-app';
import { upload } from './uploads';

/** A student who uploads, and a look at what that leaves on the disk. */
export class Uploader {
  person!: Person;
  conversation!: Conversation;

  constructor(readonly test: TestApp) {}

  async signIn(): Promise<void> {
    this.person = await this.test.person();
    this.conversation = (await this.person.get<Conversation>(API_ROUTES.myConversation)).body;
  }

  async upload(content: Buffer | string = 'text'): Promise<Answer<StagedAttachment>> {
    return upload(this.test, this.person, this.conversation.id, { content });
  }

  async send(attachment_id: number): Promise<Message> {
    const path = API_ROUTES.messages(this.conversation.id);
    return (await this.person.post<Message>(path, { attachment_id })).body;
  }

  /** Paths of all files of uploads, finished or not. */
  async files(): Promise<string[]> {
    return filesBelow(join(this.test.app.get(Settings).dataDir, 'uploads'));
  }

  async rows(): Promise<number> {
    const { rows } = await this.test.outside.query('SELECT FROM chat_attachments');
    return rows.length;
  }
}
