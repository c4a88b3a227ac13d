import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { root } from '@contract-first/release';
import { askChecker } from './checker.ts';

/** systemd's measure, from 0 for what cannot do anything to 100 for what may do everything, as `--threshold` has it. */
const MOST_EXPOSED = 15;

/**
 * Lets systemd read the units of apps/user-api/deploy: each of their words must be known to it, and what a broken-into
 * service could still reach must stay little. Needs `systemd-analyze` 250 or newer.
 */
export function checkUnits(): void {
  const folder = mkdtempSync(join(tmpdir(), 'user-api-units-'));
  try {
    const units = globSync('apps/user-api/deploy/*.service', { cwd: root });
    if (units.length === 0) throw new Error('There are no units in apps/user-api/deploy.');
    for (const unit of units.toSorted()) check(unit, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function check(unit: string, folder: string): void {
  // systemd looks for the program; on this machine it may be elsewhere.
  const text = readFileSync(root + unit, 'utf8').replaceAll('/usr/bin/node', process.execPath);
  const copy = join(folder, basename(unit));
  writeFileSync(copy, text);
  // What it does not know it ignores, and says so.
  const complaints = analyze(['verify', '--man=no', copy]).replaceAll(`${folder}/`, 'apps/user-api/deploy/');
  if (complaints.trim() !== '') throw new Error(`systemd does not accept ${unit}:\n${complaints}`);
  const verdict = analyze(['security', '--offline=true', '--no-pager', `--threshold=${MOST_EXPOSED}`, copy]);
  console.log(
    `✓ ${unit}: ${/Overall exposure level.*: (\S+)/.exec(verdict)?.[1]} of 10 exposed, at most ${MOST_EXPOSED / 10}`,
  );
}

function analyze(args: readonly string[]): string {
  return askChecker('systemd-analyze', args, 'systemd');
}
