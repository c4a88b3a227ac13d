import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '@contract-first/release';
import { askChecker } from './checker.ts';

/** Lets HAProxy read the example, with a certificate of its own. Needs `haproxy` and `openssl`. */

const configuration = 'apps/user-api/deploy/haproxy.cfg';
const certificate = '/etc/haproxy/user-api.pem';

export function checkHaproxy(): void {
  const folder = mkdtempSync(join(tmpdir(), 'user-api-haproxy-'));
  try {
    const text = readFileSync(root + configuration, 'utf8');
    if (!text.includes(certificate)) throw new Error(`${configuration} does not name ${certificate}.`);
    writeFileSync(join(folder, 'haproxy.cfg'), text.replaceAll(certificate, makeCertificate(folder)));
    const complaints = askChecker('haproxy', ['-c', '-f', join(folder, 'haproxy.cfg')]).replace(
      'Configuration file is valid',
      '',
    );
    if (complaints.trim() !== '') throw new Error(`HAProxy complains about ${configuration}:\n${complaints}`);
    console.log(`✓ ${configuration}: accepted by ${askChecker('haproxy', ['-v']).split(' ', 3).join(' ')}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns the file with the certificate and its key */
function makeCertificate(folder: string): string {
  const [key, certificate, both] = [join(folder, 'key.pem'), join(folder, 'certificate.pem'), join(folder, 'both.pem')];
  const subject = ['-subj', '/CN=localhost', '-days', '1'];
  askChecker('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    key,
    '-out',
    certificate,
    ...subject,
  ]);
  writeFileSync(both, readFileSync(certificate, 'utf8') + readFileSync(key, 'utf8'));
  return both;
}
