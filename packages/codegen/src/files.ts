import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GeneratedFiles } from './generate.ts';

/**
 * Writes all files or none: each is written beside its place first, and when all of them are there they are renamed.
 * If one cannot be put into its place, the others get back what they were.
 *
 * @param directory is made if it does not exist
 */
export async function writeFiles(directory: string, files: GeneratedFiles): Promise<void> {
  await mkdir(directory, { recursive: true });
  const moves = Object.entries(files).map(([name, text]) => ({
    text,
    from: join(directory, `.${name}.${process.pid}.tmp`),
    to: join(directory, name),
  }));
  try {
    const before = await Promise.all(moves.map(async ({ to }) => ({ to, bytes: await readFile(to).catch(absent) })));
    await Promise.all(moves.map(({ from, text }) => writeFile(from, text)));
    await renameAll(moves).catch(async (error: unknown) => {
      await Promise.all(
        before.map(({ to, bytes }) => (bytes === undefined ? rm(to, { force: true }) : writeFile(to, bytes))),
      );
      throw error;
    });
  } finally {
    await Promise.all(moves.map(({ from }) => rm(from, { force: true })));
  }
}

async function renameAll(moves: readonly { readonly from: string; readonly to: string }[]): Promise<void> {
  for (const { from, to } of moves) await rename(from, to);
}

/** Names of the files whose bytes differ from the given ones, or that are missing. */
export async function staleFiles(directory: string, files: GeneratedFiles): Promise<readonly string[]> {
  const stale = await Promise.all(
    Object.entries(files).map(async ([name, text]) => {
      const bytes = await readFile(join(directory, name)).catch(absent);
      return bytes?.equals(Buffer.from(text)) === true ? [] : [name];
    }),
  );
  return stale.flat();
}

function absent(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}
