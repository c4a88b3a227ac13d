import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A copy of the repository that a test may spoil. */
export interface Copy extends Disposable {
  /** Where it is, without a slash at the end. */
  readonly folder: string;
  /** Writes a file, or a new text to an existing one. */
  write(file: string, text: string): void;
  append(file: string, text: string): void;
  /** Runs turbo in the copy. */
  turbo(...args: string[]): { readonly status: number | null; readonly output: string };
}

/**
 * Copies what git would commit, without history. Tools are those of the original.
 *
 * @param root the top level of the original, with a slash at the end
 */
export function copyRepository(root: string): Copy {
  const folder = mkdtempSync(join(tmpdir(), 'user-api-'));
  for (const file of repositoryFiles(root)) cpSync(root + file, join(folder, file));
  symlinkSync(`${root}node_modules`, join(folder, 'node_modules'));
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
  return {
    folder,
    write: (file, text) => {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    },
    append: (file, text) => appendFileSync(join(folder, file), text),
    turbo: (...args) => runTurbo(root, folder, args),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function repositoryFiles(root: string): string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'];
  const listed = execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\0');
  const deleted = execFileSync('git', ['ls-files', '-z', '--deleted'], { cwd: root, encoding: 'utf8' }).split('\0');
  return listed.filter((file) => file !== '' && !deleted.includes(file));
}

function runTurbo(root: string, folder: string, args: readonly string[]): { status: number | null; output: string } {
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' };
  const { status, stdout, stderr } = spawnSync(`${root}node_modules/.bin/turbo`, args, {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  return { status, output: stdout + (args.includes('--dry=json') ? '' : stderr) };
}
