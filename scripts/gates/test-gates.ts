import { type Gate, program } from './gate.ts';

/**
 * What has to hold before the tests are worth their time: where the contract, the code and the service disagree, these
 * say so within seconds, and the tests would repeat it a thousand times.
 */
const agreement = ['generated files', 'typecheck', 'examples'];

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
  {
    name: 'examples',
    command: 'vitest',
    args: ['run', 'apps/user-api/test/examples/', 'apps/user-api/test/released/', '--reporter=default'],
    remedy: 'let the service answer as openapi.yaml documents it; npm run diff tells what the change breaks',
    needs: ['generated files', 'typecheck'],
  },
  {
    name: 'tests',
    command: 'vitest',
    args: ['run'],
    remedy: 'correct what the failed tests name',
    needs: agreement,
  },
  {
    name: 'rules',
    ...program('scripts/test-results/rules.ts'),
    isShown: true,
    remedy: 'write a test for each uncovered rule of docs/rules.md',
    needs: agreement,
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
    needs: agreement,
  },
];
