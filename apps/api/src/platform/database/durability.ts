import type { DataSource } from 'typeorm';

const DURABILITY_SETTINGS = ['fsync', 'full_page_writes', 'synchronous_commit'] as const;

/**
 * The database settings under which an acknowledged message could be lost in a crash.
 * @returns their names; empty when the promise "never lost" can be kept
 */
export async function unsafeDurabilitySettings(dataSource: DataSource): Promise<string[]> {
  const rows = await dataSource.query<{ name: string; setting: string }[]>(
    'SELECT name, setting FROM pg_settings WHERE name = ANY($1)',
    [[...DURABILITY_SETTINGS]],
  );
  return rows.filter(({ setting }) => setting === 'off').map(({ name }) => name);
}
