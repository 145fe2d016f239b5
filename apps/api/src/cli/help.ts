import type { Command, OptionDescription } from './command';

/** What a person types before a command; in a container something shorter. */
export const CALL = process.env['CHAT_CALL'] ?? 'npm run chat --';

export function helpOnAll(commands: readonly Command[]): string {
  const rows = commands.map(({ name, summary }): Row => [name, summary]);
  return [
    `Usage: ${CALL} COMMAND [OPTIONS]`,
    '',
    'Commands:',
    ...columns(rows),
    '',
    `"${CALL} COMMAND --help" tells more about one.`,
    'They use the same settings as the server, and work whether it runs or not.',
  ].join('\n');
}

export function helpOn({ name, argument, summary, options }: Command): string {
  const rows = Object.entries(options).map(([option, { value, help }]): Row => [
    written(option, value),
    help,
  ]);
  const words = [
    CALL,
    name,
    ...(argument ? [argument] : []),
    ...(rows.length > 0 ? ['[OPTIONS]'] : []),
  ];
  const usage = `Usage: ${words.join(' ')}`;
  const lines = [usage, '', `${summary}.`];
  return [...lines, ...(rows.length > 0 ? ['', 'Options:', ...columns(rows)] : [])].join('\n');
}

type Row = [left: string, right: string];

function columns(rows: readonly Row[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}

function written(option: string, value: OptionDescription['value']): string {
  return value === undefined ? `--${option}` : `--${option} ${value}`;
}
