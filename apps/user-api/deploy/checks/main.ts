import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Checks what operators are given, each with the program that it is for, and exits with 1 if one of them complains. */

const checks = [
  { name: 'units', remedy: 'correct deploy/*.service; needs systemd-analyze' },
  { name: 'haproxy', remedy: 'correct deploy/haproxy.cfg; needs haproxy' },
  { name: 'patroni', remedy: 'correct deploy/patroni.yml; needs patroni and postgresql' },
  { name: 'image', remedy: 'correct deploy/Dockerfile; needs postgresql' },
] as const;

for (const { name, remedy } of checks) {
  const file = join(import.meta.dirname, `check-${name}.ts`);
  const { status } = spawnSync(process.execPath, ['--conditions=source', file], { stdio: 'inherit' });
  if (status === 0) continue;
  console.error(`✗ ${name}: ${remedy}`);
  process.exitCode = 1;
}
