import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Remembers that the demo data was loaded once, so that it stays away when it has been removed. */
export class RememberDemo1763800003000 implements MigrationInterface {
  readonly name = 'RememberDemo1763800003000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE demo_load (
        id boolean PRIMARY KEY DEFAULT true CHECK (id),
        loaded_at timestamptz(3) NOT NULL DEFAULT now()
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE demo_load`);
  }
}
