/**
 * Runs a program that has to clean up after itself, also when it is interrupted.
 *
 * @param run resolves to whether all was well; has to end soon after the signal is aborted
 * @returns the exit code: 0, 1, or 130 after an interruption
 */
export async function runProgram(run: (signal: AbortSignal) => Promise<boolean>): Promise<number> {
  const interruption = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (!interruption.signal.aborted) console.error('\nCleaning up …');
      interruption.abort();
    });
  }
  try {
    return (await run(interruption.signal)) ? 0 : 1;
  } catch (error) {
    if (interruption.signal.aborted) return 130;
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}
