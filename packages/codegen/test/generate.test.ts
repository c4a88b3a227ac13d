import { generate } from '@contract-first/codegen';
import { transform } from 'esbuild';
import { expect, test } from 'vitest';
import { accepted, changed } from './fixture.ts';
import { petStore } from './pet-store.ts';

/** What the accepted document becomes, generated once for all tests. */
const files = generate(accepted, 'openapi.yaml');

test('equal documents give equal bytes, wherever they are', async () => {
  expect(await generate(accepted, '/elsewhere/openapi.yaml')).toEqual(await files);
  expect(Object.values(await files).join('')).not.toMatch(/node_modules|packages\//);
});

test('the validators import nothing', async () => {
  const { 'validators.gen.ts': validators = '' } = await files;
  expect(validators).toMatch(/^export const Thing: Validator = /m);
  expect(validators).not.toMatch(/\bimport\b(?! nodes)|\brequire\(/);
});

test('prose changes neither the validators nor the operation table', async () => {
  const before = await files;
  const after = await generate(
    changed('{ type: string }\n', '{ type: string, description: The name., examples: [a], deprecated: true }\n'),
    'openapi.yaml',
  );
  expect(after['validators.gen.ts']).toBe(before['validators.gen.ts']);
  expect(after['contract.gen.ts']).toBe(before['contract.gen.ts']);
  expect(after['types.gen.ts']).not.toBe(before['types.gen.ts']);
});

test('only the formats in use are bundled', async () => {
  const withTimeZone = changed('name: { type: string }', 'name: { type: string, format: time-zone }');
  expect((await files)['validators.gen.ts']).not.toContain('Europe/Berlin');
  expect((await generate(withTimeZone, 'openapi.yaml'))['validators.gen.ts']).toContain('Europe/Berlin');
});

test('a referenced header is optional in the types unless its target is required', async () => {
  const document = changed(
    '          description: Done.\n',
    `          description: Done.
          headers:
            Must: { $ref: '#/components/headers/Must' }
            May: { $ref: '#/components/headers/May' }
`,
  );
  const headers = `  headers:
    Must: { required: true, schema: { type: string } }
    May: { schema: { type: string } }
`;
  const { 'types.gen.ts': types = '' } = await generate(document + headers, 'openapi.yaml');
  expect(types).toMatch(/\n +Must: string;\n/);
  expect(types).toMatch(/\n +May\?: string;\n/);
});

test('each function of the validators names its schema', async () => {
  const { 'validators.gen.ts': validators = '' } = await generate(accepted, 'openapi.yaml');
  expect(validators).toMatch(/^\/\/ #\/components\/schemas\/Thing\/properties\/name\nfunction is_Thing_name\(/m);
});

test('a bundler leaves out the validators that are not in use', async () => {
  const { 'validators.gen.ts': validators = '' } = await generate(petStore, 'openapi.yaml');
  const { code } = await transform(validators.replace(/^export const (?!listPets_query_tags\b)/gm, 'const '), {
    loader: 'ts',
    format: 'esm',
    treeShaking: true,
  });
  expect(code).toContain('function is_listPets_query_tags(');
  expect(code).not.toContain('is_Pet');
});

test('the document is exported whole', async () => {
  const { 'document.gen.ts': document = '' } = await files;
  const [, json = ''] = /export const document = (\{[\s\S]*\}) as const;\n$/.exec(document) ?? [];
  expect(JSON.parse(json)).toMatchObject({ openapi: '3.1.0', components: { schemas: { Thing: { type: 'object' } } } });
});
