import { root } from '@contract-first/release';
import { program } from 'commander';
import { execa } from 'execa';
import { auditVerdict } from './audit/audit-verdict.ts';

program
  .name('npm run audit --')
  .description(
    'Asks the registry for known vulnerabilities of the packages in package-lock.json, and fails on grave ones.',
  )
  .option('--if-available', 'pass if the registry does not answer, and say so')
  .action(audit);

await program.parseAsync();

async function audit({ ifAvailable = false }: { ifAvailable?: boolean }): Promise<void> {
  const { stdout } = await execa('npm', ['audit', '--audit-level=high', '--json'], { cwd: root, reject: false });
  const { kind, text } = auditVerdict(stdout);
  const isTolerated = kind === 'unavailable' && ifAvailable;
  console.log(`${kind === 'clean' ? '✓' : '✗'} ${text}`);
  if (isTolerated) console.log('NOT CHECKED: this run says nothing about vulnerabilities.');
  if (kind !== 'clean' && !isTolerated) process.exitCode = 1;
}
