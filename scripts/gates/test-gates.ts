import { type Gate, program } from './gate.ts';

/** What `npm test` runs. Generated files are compared first, before anything could write them anew. */
export const testGates: readonly Gate[] = [
  {
    name: 'generated files',
    ...program('packages/codegen/src/main.ts', 'check'),
    remedy: 'npm run generate, and commit what it writes',
  },
  { name: 'lint', ...program('scripts/lint.ts'), remedy: 'npm run format, then correct what is left' },
  {
    name: 'typecheck',
    command: 'npm',
    args: ['run', '--silent', 'typecheck'],
    remedy: 'follow the contract where the compiler points to',
  },
  { name: 'tests', command: 'vitest', args: ['run'], remedy: 'correct what the failed tests name' },
  {
    name: 'rules',
    ...program('scripts/test-results/rules.ts'),
    isShown: true,
    remedy: 'write a test for each uncovered rule of docs/rules.md',
  },
  {
    name: 'conformance',
    ...program(
      'packages/conformance/src/main.ts',
      'report',
      '--contract=@user-api/contract',
      '--source=openapi.yaml',
      '--coverage=apps/user-api/.reports/coverage',
      '--unreachable=apps/user-api/test/conformance/unreachable.json',
    ),
    isShown: true,
    remedy: 'correct what breaks the contract, and test each uncovered cell',
  },
];
