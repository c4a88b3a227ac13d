import { type Gate, runGates } from './gates.ts';

/** `npm run check:deploy`: checks what operators are given, each with the program that it is for. */

const gates: readonly Gate[] = [
  {
    name: 'systemd units',
    command: process.execPath,
    args: ['scripts/deploy/check-units.ts'],
    isShown: true,
    remedy: 'correct apps/user-api/deploy/*.service; needs systemd-analyze',
  },
  {
    name: 'load balancer',
    command: process.execPath,
    args: ['scripts/deploy/check-haproxy.ts'],
    isShown: true,
    remedy: 'correct apps/user-api/deploy/haproxy.cfg; needs haproxy',
  },
  {
    name: 'patroni',
    command: process.execPath,
    args: ['scripts/deploy/check-patroni.ts'],
    isShown: true,
    remedy: 'correct apps/user-api/deploy/patroni.yml; needs patroni and postgresql',
  },
  {
    name: 'image',
    command: process.execPath,
    args: ['scripts/deploy/check-image.ts'],
    isShown: true,
    remedy: 'correct apps/user-api/deploy/Dockerfile; needs postgresql',
  },
];

await runGates(gates);
