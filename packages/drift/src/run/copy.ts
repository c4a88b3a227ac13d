import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { packages } from '@contract-first/release';

/**
 * Copies what git would commit, without history, into a folder of its own. Installed packages are links to those of the
 * original, but for our own, which lead into the copy.
 *
 * @param root the top level, with a slash at the end
 * @returns the folder
 */
export function copyTree(root: string): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'drift-'));
  for (const file of sourceFiles(root)) cpSync(join(root, file), join(folder, file));
  for (const place of ['.', ...packages().map((each) => each.folder)]) linkInstalled(root, folder, place);
  return folder;
}

export function removeTree(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** Tracked and untracked files that are there and not ignored. */
function sourceFiles(root: string): string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'];
  const listed = execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 }).split('\0');
  return listed.filter((file) => file !== '' && existsSync(join(root, file)));
}

/** The scopes of the workspace's packages. */
function ownScopes(): ReadonlySet<string> {
  return new Set(packages().map(({ manifest }) => manifest.name.split('/')[0] ?? ''));
}

function linkInstalled(root: string, folder: string, place: string): void {
  const installed = join(root, place, 'node_modules');
  if (!existsSync(installed)) return;
  mkdirSync(join(folder, place, 'node_modules'), { recursive: true });
  for (const name of readdirSync(installed)) {
    const link = join(folder, place, 'node_modules', name);
    if (ownScopes().has(name)) linkOwn(join(installed, name), link);
    // What tools keep there belongs to each tree alone.
    else if (!name.startsWith('.') || name === '.bin') symlinkSync(join(installed, name), link);
  }
}

/** npm's links to the packages of the workspace are relative, so that the same text leads into the copy. */
function linkOwn(installed: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(installed)) {
    const target = readlinkSync(join(installed, name));
    if (existsSync(join(dirname(join(folder, name)), target))) symlinkSync(target, join(folder, name));
  }
}
