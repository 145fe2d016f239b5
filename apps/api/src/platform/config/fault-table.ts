/** One wrong or unknown setting. */
export interface Fault {
  name: string;
  fault: string;
}

/** All faults as one table for the terminal. */
export function formatFaults(faults: readonly Fault[]): string {
  const width = Math.max(...faults.map(({ name }) => name.length));
  const rows = faults.map(({ name, fault }) => `  ${name.padEnd(width)}  ${fault}`);
  const count = faults.length === 1 ? 'One setting is' : `${faults.length} settings are`;
  return [`${count} wrong:`, ...rows, 'See .env.example for every setting.'].join('\n');
}
