import type { DataSource } from 'typeorm';
import { StartupError } from '../../platform/startup-error';
import type { Command, CommandContext } from '../command';
import { CommandError } from '../command-error';
import { withDatabase } from '../with-database';
import { checkDatabase, checkInstallation, type Finding } from '../findings';
import { checkServices } from '../service-findings';

export const doctor: Command = {
  name: 'doctor',
  summary: 'Check settings, data folder, built apps, uploads, mail and database',
  options: {},
  async run(context) {
    const findings = [
      ...(await checkInstallation(context)),
      ...(await checkServices(context.settings)),
      ...(await examineDatabase(context)),
    ];
    for (const { isGood, text } of findings)
      context.terminal.print(`${isGood ? 'ok  ' : 'BAD '} ${text}`);
    const bad = findings.filter(({ isGood }) => !isGood).length;
    if (bad > 0) throw new CommandError(`${bad} of ${findings.length} checks failed.`);
  },
};

/** A database that cannot be opened is a finding too. */
async function examineDatabase({ settings }: CommandContext): Promise<Finding[]> {
  try {
    return await withDatabase(settings, async (dataSource: DataSource) =>
      checkDatabase(dataSource),
    );
  } catch (error) {
    if (!(error instanceof StartupError)) throw error;
    return [{ isGood: false, text: error.message }];
  }
}
