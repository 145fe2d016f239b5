import { migrate } from '../../platform/database/migrate';
import type { Command } from '../command';
import { withDatabase } from '../with-database';

export const migrateUp: Command = {
  name: 'migrate',
  summary: 'Bring the database schema up to date',
  options: {},
  async run({ settings, terminal }) {
    const applied = await withDatabase(settings, migrate);
    for (const name of applied) terminal.print(`Applied ${name}.`);
    if (applied.length === 0) terminal.print('The schema is up to date already.');
  },
};
