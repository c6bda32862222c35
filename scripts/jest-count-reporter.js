/**
 * Ends jest's output with `N passed, N failed, N skipped`, alone on a line, for
 * whoever reads the run by machine. A test file that did not even load counts as
 * a failure: jest's own numbers have no test for it.
 *
 * @implements {Pick<import("@jest/reporters").Reporter, "onRunComplete">}
 */
// biome-ignore lint/style/noDefaultExport: jest loads a reporter from the default export
export default class CountReporter {
  /**
   * @param {unknown} _contexts
   * @param {import("@jest/reporters").AggregatedResult} results
   */
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    process.stdout.write(
      `\n${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped\n`,
    );
  }
}
