import { API_ROUTES, type StagedAttachment } from '@support-chat/contracts';
import { randomUUID } from 'node:crypto';
import type { Answer, Person, TestApp } from './test-app';

export interface FormFile {
  content: Buffer | string;
  /** Put into the header as it is. */
  name?: string;
  /** What the sender claims it is. */
  type?: string;
  field?: string;
}

interface Form {
  body: Buffer;
  headers: { 'content-type': string };
}

/** A form as browsers send it, but with any name that bytes can make. */
export function formOf(...files: FormFile[]): Form {
  const boundary = randomUUID();
  const parts = files.flatMap(({ content, name = 'a.txt', type, field = 'file' }) => [
    `--${boundary}\r\nContent-Disposition: form-data; name="${field}"; filename="${name}"\r\n`,
    `Content-Type: ${type ?? 'application/octet-stream'}\r\n\r\n`,
    content,
    '\r\n',
  ]);
  return {
    body: Buffer.concat([...parts, `--${boundary}--\r\n`].map((part) => Buffer.from(part))),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  };
}

/** Uploads a file to a conversation. */
export async function upload(
  test: TestApp,
  person: Person,
  conversationId: number,
  file: FormFile,
): Promise<Answer<StagedAttachment>> {
  const { body, headers } = formOf(file);
  return test.request({
    method: 'POST',
    path: API_ROUTES.uploads(conversationId),
    body,
    headers: { ...headers, authorization: `Bearer ${person.token}` },
  });
}

/** For tests that upload more than one person may in a day. */
export async function liftQuota({ outside }: TestApp): Promise<void> {
  await outside.query(`
    CREATE FUNCTION no_quota() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN NEW.files := 0; NEW.bytes := 0; RETURN NEW; END $$;
    CREATE TRIGGER no_quota BEFORE INSERT OR UPDATE ON chat_upload_usage
      FOR EACH ROW EXECUTE FUNCTION no_quota()`);
}
