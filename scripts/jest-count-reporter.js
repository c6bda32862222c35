import { writeSync } from "node:fs";

/**
 * Ends jest's output with `N passed, N failed, N skipped`, alone on a line, for
 * whoever reads the run by machine. A test file that did not even load counts as
 * a failure: jest's own numbers have no test for it.
 */
// biome-ignore lint/style/noDefaultExport: jest loads a reporter from the default export
export default class CountReporter {
  /**
   * @param {unknown} _contexts
   * @param {{
   *   numPassedTests: number, numFailedTests: number, numPendingTests: number,
   *   numTodoTests: number, numRuntimeErrorTestSuites: number,
   * }} results
   */
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const line = `\n${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped\n`;
    // At exit, for jest's own summary comes after every custom reporter; and past
    // `process.stdout`, for the default reporter buffers what goes there.
    process.once("exit", () => {
      writeSync(1, line);
    });
  }
}
