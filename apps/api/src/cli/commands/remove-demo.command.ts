import { removeDemoData } from '../../demo/remove-demo-data';
import type { Command } from '../command';
import { withMigratedDatabase } from '../with-database';

export const removeDemo: Command = {
  name: 'remove-demo',
  summary: 'Take the demo accounts and their conversations away; what real people wrote stays',
  options: {},
  async run({ settings, terminal }) {
    const { removed, kept, hasAdmin } = await withMigratedDatabase(settings, removeDemoData);
    terminal.print(`Removed ${removed} demo accounts and their conversations.`);
    if (kept.length > 0) {
      terminal.print(`Only disabled, since real people talked with them: ${kept.join(', ')}.`);
    }
    if (!hasAdmin) terminal.print('No administrator is left: make one with create-admin.');
  },
};
