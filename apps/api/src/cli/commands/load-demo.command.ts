import { loadDemoData } from '../../demo/load-demo-data';
import type { Command } from '../command';
import { withMigratedDatabase } from '../with-database';

export const loadDemo: Command = {
  name: 'load-demo',
  summary: 'Make the demo accounts and conversations, also after they were removed',
  options: {},
  async run({ settings, terminal }) {
    const signIns = await withMigratedDatabase(settings, loadDemoData);
    terminal.print('The demo data is there. Sign-ins:');
    for (const { who, email, password } of signIns) {
      terminal.print(`  ${who.padEnd(10)}${email}  ${password}`);
    }
  },
};
