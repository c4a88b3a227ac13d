/** How a program is called. */
export interface CommandLine<Options> {
  readonly usage: string;
  /** @returns null if the help is asked for @throws {TypeError} that names the option that is wrong */
  readonly parse: (args: readonly string[]) => Options | null;
}

/**
 * Runs a program that has to clean up after itself, also when it is interrupted; or prints how it is called.
 *
 * @param run resolves to whether all was well; has to end soon after the signal is aborted
 * @returns the exit code: 0, 1, or 130 after an interruption
 */
export async function runProgram<Options>(
  { usage, parse }: CommandLine<Options>,
  run: (options: Options, signal: AbortSignal) => Promise<boolean>,
): Promise<number> {
  const interruption = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (!interruption.signal.aborted) console.error('\nCleaning up …');
      interruption.abort();
    });
  }
  try {
    const options = parse(process.argv.slice(2));
    if (options === null) console.log(usage);
    return options === null || (await run(options, interruption.signal)) ? 0 : 1;
  } catch (error) {
    if (interruption.signal.aborted) return 130;
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}
