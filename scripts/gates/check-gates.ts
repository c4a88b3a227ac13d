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
    name: 'long tests',
    command: 'vitest',
    args: ['run', '--config=vitest.long.config.ts'],
    remedy: 'correct what the failed tests name',
  },
  ...(hasDatabase() ? [checkData()] : []),
];

/** Stored records against the contract of today. Tests check what the command finds. */
function checkData(): Gate {
  return {
    name: 'check-data',
    ...program('apps/user-api/src/main.ts', 'check-data'),
    isShown: true,
    remedy: 'stop npm start if it runs; correct the records or the contract',
  };
}

/** Whether there are stored records to check. */
function hasDatabase(): boolean {
  const { DATABASE_URL = '', DATA_DIR = '' } = process.env;
  return DATABASE_URL !== '' || DATA_DIR !== '' || existsSync(`${root}.data/postgresql`);
}
