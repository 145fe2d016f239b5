import {
  deleteMessage as takeAway,
  type DeletionOutcome,
} from '../../chat/messages/message-deletion';
import { Database } from '../../platform/database/database';
import type { Command } from '../command';
import { CommandError } from '../command-error';
import { withMigratedDatabase } from '../with-database';

export const deleteMessage: Command = {
  name: 'delete-message',
  summary: 'Take away what a message says and its file, for everybody and for good',
  argument: 'ID',
  options: {},
  async run({ settings, terminal }, options) {
    const id = readId(options.requiredArgument('ID'));
    const outcome = await withMigratedDatabase(settings, async (dataSource) =>
      takeAway(new Database(dataSource), id),
    );
    if (outcome !== 'deleted') throw new CommandError(REFUSALS[outcome](id));
    terminal.print(`Message ${id} is deleted. A file of it can no longer be opened by anybody,`);
    terminal.print('and leaves the store with the next cleaning, within the hour.');
  },
};

const REFUSALS: Record<Exclude<DeletionOutcome, 'deleted'>, (id: number) => string> = {
  absent: (id) => `There is no message ${id}.`,
  'deleted-before': (id) => `Message ${id} is deleted already.`,
};

function readId(raw: string): number {
  if (/^[1-9]\d{0,14}$/.test(raw)) return Number(raw);
  throw new CommandError(`"${raw}" is not the id of a message.`, 2);
}
