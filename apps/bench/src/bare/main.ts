import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { Pool, type QueryConfig, type QueryResultRow } from 'pg';
import { freePort } from '../system/free-port';
import { INBOX, PAGE, SEND, UPDATES } from './bare.statements';

/**
 * The ceiling: what this machine does with nothing in between. `node:http`, and `pg` with one
 * prepared statement for each request. No framework, no identity, no validation.
 */
const pool = new Pool({ connectionString: process.env['DATABASE_URL'], max: 12 });
const ONE_KIB = JSON.stringify({ text: 'x'.repeat(1013) });

interface SendBody {
  conversation: number;
  sender: number;
  content: string;
  client_message_id: string;
}

async function answer(request: IncomingMessage): Promise<string> {
  const url = new URL(request.url ?? '', 'http://127.0.0.1');
  const number = (name: string): number => Number(url.searchParams.get(name));
  switch (url.pathname) {
    case '/page':
      return rows(PAGE, [number('conversation'), number('page')]);
    case '/updates':
      return rows(UPDATES, [number('conversation'), number('after')]);
    case '/inbox':
      return rows(INBOX, []);
    case '/send': {
      const body = JSON.parse(await text(request)) as SendBody;
      const { conversation, sender, content, client_message_id } = body;
      return rows(SEND, [conversation, sender, content, client_message_id]);
    }
    default:
      throw new Error(`No such path: ${url.pathname}`);
  }
}

async function rows(statement: QueryConfig, values: unknown[]): Promise<string> {
  const result = await pool.query<QueryResultRow>({ ...statement, values });
  return JSON.stringify(result.rows);
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
  });
  response.end(body);
}

const server = createServer((request, response) => {
  if (request.url === '/json') {
    send(response, 200, ONE_KIB);
    return;
  }
  answer(request).then(
    (body) => {
      send(response, 200, body);
    },
    (error: unknown) => {
      send(response, 500, String(error));
    },
  );
});
server.keepAliveTimeout = 72_000;

const port = await freePort();
server.listen(port, '127.0.0.1');
await once(server, 'listening');
console.log(`ready ${port}`);
process.once('SIGTERM', () => process.exit(0));
