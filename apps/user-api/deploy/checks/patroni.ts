import { spawnSync } from 'node:child_process';
import { root } from '@contract-first/release';

const configuration = 'apps/user-api/deploy/patroni.yml';

const expected = [
  // It cannot listen on the address of another machine, nor reach one.
  // Version 3 puts the reason in quotes.
  /^(?:restapi|postgresql)\.listen \S+ didn't pass validation: '?Port \d+ is already in use\.'?$/,
  /^etcd3\.hosts \S+ didn't pass validation: '?\S+ is not reachable'?$/,
  // The rules stand under `postgresql`, so that they hold for every member and not only for the first.
  /^bootstrap\.pg_hba\s+is not defined\.$/,
  // The server's programs may have another version here.
  /^postgresql\.bin_dir /,
];

/**
 * Lets Patroni read the example. Its validator also tries the addresses, which are not this machine's: what it says about
 * those counts for nothing. Needs `patroni`.
 */
export function checkPatroni(): void {
  const { stdout, stderr, error } = spawnSync('patroni', ['--validate-config', root + configuration], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
  if (error) throw new Error('patroni is missing: install it (Debian: apt-get install patroni).');
  const lines = `${stdout}${stderr}`.split('\n').filter((line) => line.trim() !== '');
  const complaints = lines.filter((line) => !expected.some((pattern) => pattern.test(line.trim())));
  if (complaints.length > 0) throw new Error(`Patroni does not accept ${configuration}:\n${complaints.join('\n')}`);
  if (lines.length === 0)
    throw new Error('Patroni checked nothing: the addresses of the example cannot be right here.');
  console.log(`✓ ${configuration}: accepted by Patroni, but for its addresses`);
}
