/** Runs a check to its end. What keeps it from passing is told in its own words, and the process exits with 1. */
export async function runCheck(check: () => void | Promise<void>): Promise<void> {
  try {
    await check();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
