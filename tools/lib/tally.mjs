import { readFile } from 'node:fs/promises';

/**
 * Browser tests that may pass at the second try only, where other work shares the machine. Each is
 * a bug to be mended, and Playwright names it; more of them are no accident.
 */
const FLAKY_MAX = 2;

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

  /** Adds what Playwright wrote. */
  async addPlaywright(resultFile, exitCode) {
    await this.#addResults(resultFile, exitCode, ({ stats }) => {
      const { expected, unexpected, flaky, skipped } = stats;
      return flaky <= FLAKY_MAX
        ? { passed: expected + flaky, failed: unexpected, skipped }
        : { passed: expected, failed: unexpected + flaky, skipped };
    });
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
