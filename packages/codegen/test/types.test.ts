import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { generate } from '@contract-first/codegen';
import { expect, onTestFinished, test } from 'vitest';
import { petStore } from './pet-store.ts';

const root = new URL('../../../', import.meta.url);
const compiler = fileURLToPath(new URL('node_modules/typescript/bin/tsc', root));

/** What the generated types must let through, and what they must not. */
const probe = `import type { AnyOperation, Contract, Operation } from '@contract-first/core';
import { contract } from './contract.gen.ts';
import { document } from './document.gen.ts';
import type { operations } from './types.gen.ts';

export const typed: Contract<operations> = contract;
export const bounded: { readonly [Id in keyof operations]: AnyOperation } = {} as operations;
export const version: '3.1.0' | '3.1.1' = document.openapi;
declare function operationsOf<Operations>(contract: Contract<Operations>): keyof Operations;
export const names: keyof operations = operationsOf(contract);
export const rows: readonly Operation[] = Object.values(contract.operations);

// @ts-expect-error a contract of other operations
export const other: Contract<operations & { other: AnyOperation }> = contract;
// @ts-expect-error the table cannot be written to
contract.operations = {};
`;

test.each([
  ['of this repository', () => readFile(new URL('openapi.yaml', root), 'utf8')],
  ['of a foreign document', async () => petStore],
])('the contract %s is a Contract<operations> for the strict compiler', async (_, text) => {
  // Below the package, so that the compiler finds @contract-first/core.
  const directory = fileURLToPath(new URL(`.probe-${process.pid}-${Date.now()}/`, import.meta.url));
  onTestFinished(() => rm(directory, { recursive: true }));
  await mkdir(directory);
  const files = { ...(await generate(await text(), 'openapi.yaml')), 'probe.ts': probe };
  for (const [name, content] of Object.entries(files)) await writeFile(`${directory}${name}`, content);
  const config = { extends: fileURLToPath(new URL('tsconfig.base.json', root)), include: ['*.ts'] };
  await writeFile(`${directory}tsconfig.json`, JSON.stringify(config));
  const run = promisify(execFile)(process.execPath, [compiler, '--project', directory]);
  const output = await run.then(
    ({ stdout }) => stdout,
    (error: { stdout: string }) => error.stdout,
  );
  expect(output).toBe('');
});
