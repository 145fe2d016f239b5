import type { DatabaseServer } from '../system/database-server';
import { pssMib } from '../system/processes';
import type { Server } from '../system/server';

/** Proportional set sizes in MiB. */
export interface Memory {
  api: number;
  database: number;
}

export function readMemory(api: Server, database: DatabaseServer): Memory {
  return { api: pssMib(api.pids()), database: pssMib(database.pids()) };
}
