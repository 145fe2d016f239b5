import { Client } from 'pg';
import { StartupError } from '../../startup-error';

const NAME = 'support_chat';

/** Address of the application's own database; its role is no superuser. */
export function applicationUrl(port: number, password: string): string {
  return address(NAME, password, port, NAME);
}

/** Makes role and database where they are missing, so a start cut short is completed by the next. */
export async function ensureApplicationDatabase(port: number, password: string): Promise<void> {
  const client = new Client(address('postgres', password, port, 'postgres'));
  try {
    await client.connect();
    if (!(await exists(client, 'SELECT FROM pg_roles WHERE rolname = $1'))) {
      await client.query(`CREATE ROLE ${NAME} LOGIN CREATEDB PASSWORD '${password}'`);
    }
    if (!(await exists(client, 'SELECT FROM pg_database WHERE datname = $1'))) {
      await client.query(`CREATE DATABASE ${NAME} OWNER ${NAME}`);
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartupError(`The embedded database cannot be set up: ${reason}.`);
  } finally {
    await client.end();
  }
}

async function exists(client: Client, query: string): Promise<boolean> {
  return (await client.query(query, [NAME])).rowCount === 1;
}

function address(role: string, password: string, port: number, database: string): string {
  return `postgres://${role}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}
