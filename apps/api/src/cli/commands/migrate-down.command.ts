import { revertLastMigration } from '../../platform/database/migrate';
import type { Command } from '../command';
import { CommandError } from '../command-error';
import { withDatabase } from '../with-database';

export const migrateDown: Command = {
  name: 'migrate:down',
  summary: 'Take back the newest migration, and the data that only it knows',
  options: { yes: { help: 'Needed: this loses data. Stop the server and make a backup first' } },
  async run({ settings, terminal }, options) {
    if (!options.has('yes')) {
      throw new CommandError('This loses data. Stop the server, make a backup, then add --yes.', 2);
    }
    await withDatabase(settings, async (dataSource) => {
      await revertLastMigration(dataSource);
    });
    terminal.print('The newest migration is taken back.');
  },
};
