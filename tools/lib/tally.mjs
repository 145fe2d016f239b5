import { readFile } from 'node:fs/promises';

/** Counts over all test runners; a check or a runner that fails as a whole is one failure. */
export class Tally {
  passed = 0;
  failed = 0;
  skipped = 0;

  addFailure() {
    this.failed += 1;
  }

  /** Adds what Jest wrote. Files that could not even be loaded are failures too. */
  async addJest(resultFile, exitCode) {
    await this.#addResults(resultFile, exitCode, (result) => ({
      passed: result.numPassedTests,
      failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
      skipped: result.numPendingTests + result.numTodoTests,
    }));
  }

  /** Adds what Playwright wrote. A test that passed only when tried again counts as failed. */
  async addPlaywright(resultFile, exitCode) {
    await this.#addResults(resultFile, exitCode, ({ stats }) => ({
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky,
      skipped: stats.skipped,
    }));
  }

  toString() {
    return `${this.passed} passed, ${this.failed} failed, ${this.skipped} skipped`;
  }

  async #addResults(resultFile, exitCode, counts) {
    const { passed, failed, skipped } = await readResults(resultFile, counts);
    this.passed += passed;
    this.skipped += skipped;
    // A runner that fails without naming a test (no result, a leak, a crash) has failed all the same.
    this.failed += failed === 0 && (exitCode !== 0 || passed === 0) ? 1 : failed;
  }
}

async function readResults(resultFile, counts) {
  try {
    return counts(JSON.parse(await readFile(resultFile, 'utf8')));
  } catch (error) {
    if (error.code !== 'ENOENT' && !(error instanceof SyntaxError)) throw error;
    return { passed: 0, failed: 0, skipped: 0 };
  }
}
