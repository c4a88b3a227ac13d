import { spawnSync } from 'node:child_process';

/**
 * Asks a program what it thinks of a file.
 *
 * @param debianPackage has the program
 * @returns what it wrote
 * @throws {Error} if it is missing, or ends with another code than 0
 */
export function askChecker(program: string, args: readonly string[], debianPackage = program): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (error)
    throw new Error(`${program} is missing: install ${debianPackage} (Debian: apt-get install ${debianPackage}).`);
  if (status !== 0) throw new Error(`${program} ${args[0]} ended with ${status}:\n${stdout}${stderr}`);
  return stdout + stderr;
}
