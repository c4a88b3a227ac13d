import { spawnSync } from 'node:child_process';
import { root } from '@contract-first/release';
import { auditVerdict } from './audit-verdict.ts';

/**
 * `npm run audit`: asks the registry for known vulnerabilities of what package-lock.json names. Exits with 1 if there is
 * one of high severity, or if the registry does not answer. With `--if-available` the latter is only said.
 */

const { stdout } = spawnSync('npm', ['audit', '--audit-level=high', '--json'], { cwd: root, encoding: 'utf8' });
const { kind, text } = auditVerdict(stdout);
const isTolerated = kind === 'unavailable' && process.argv.includes('--if-available');

console.log(`${kind === 'clean' ? '✓' : '✗'} ${text}`);
if (isTolerated) console.log('NOT CHECKED: this run says nothing about vulnerabilities.');
if (kind !== 'clean' && !isTolerated) process.exitCode = 1;
