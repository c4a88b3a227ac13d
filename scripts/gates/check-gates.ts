import { existsSync } from 'node:fs';
import { root } from '@contract-first/release';
import { type Gate, program } from './gate.ts';

/** What `npm run check` adds to the gates of `npm test`. */
export const checkGates: readonly Gate[] = [
  {
    name: 'diff',
    ...program('scripts/diff.ts'),
    isShown: true,
    remedy: 'npm run diff -- --bump && npm run generate, or take the change back',
  },
  {
    name: 'live',
    ...program('apps/user-api/workflows/live.ts'),
    isShown: true,
    remedy: 'correct the service, openapi.yaml or the workflow',
  },
  {
    name: 'check-data',
    ...program('apps/user-api/src/main.ts', 'check-data', ...(hasDatabase() ? [] : ['--demo'])),
    isShown: true,
    remedy: 'stop npm start if it runs; correct the records or the contract',
  },
];

/** Whether there is something to check besides the demo user. */
function hasDatabase(): boolean {
  const { DATABASE_URL = '', DATA_DIR = '' } = process.env;
  return DATABASE_URL !== '' || DATA_DIR !== '' || existsSync(`${root}.data/postgresql`);
}
