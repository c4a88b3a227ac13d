import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';

const main = join(import.meta.dirname, '../src/main.ts');

function run(...args: readonly string[]) {
  return execa(process.execPath, ['--conditions=source', main, ...args], { reject: false });
}

function file(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'contract-first-try-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'openapi.yaml'), text);
  return join(folder, 'openapi.yaml');
}

const document = `openapi: 3.1.0
info: { title: Things, version: 1.0.0 }
security: []
paths:
  /things/{thingId}:
    get:
      operationId: getThing
      security: []
      parameters: [{ name: thingId, in: path, required: true, schema: { type: string, minLength: 1 } }]
      responses:
        '200': { description: A thing., content: { application/json: { schema: { type: object } } } }
`;

test('a document is tried, and a table says how each operation did', async () => {
  const { exitCode, stdout } = await run('--spec', file(document), '--samples', '2');
  expect(stdout).toMatch(
    /^operation +request +valid +wrong\ngetThing +GET \/things\/\{thingId\} +(\d+)\/\1 +(\d+)\/\2\n/,
  );
  expect(stdout).toContain('All 1 operations were answered as declared.');
  expect(exitCode).toBe(0);
});

test('a refused document, a missing file and wrong usage end with 1 and a sentence', async () => {
  const refused = await run('--spec', file(document.replace('type: object', 'type: thing')));
  expect([refused.exitCode, refused.stderr]).toEqual([1, expect.stringMatching(/openapi\.yaml:\d+/)]);
  const missing = await run('--spec', '/no/such/file.yaml');
  expect([missing.exitCode, missing.stderr]).toEqual([1, expect.stringContaining('/no/such/file.yaml')]);
  const unknown = await run('--spec', 'x', '--sepc');
  expect([unknown.exitCode, unknown.stderr]).toEqual([1, expect.stringContaining("unknown option '--sepc'")]);
});
