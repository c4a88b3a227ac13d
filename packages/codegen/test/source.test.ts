import { compileContract, generate } from '@contract-first/codegen';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { accepted, changed, refusalsOf } from './fixture.ts';

const json = JSON.stringify(parse(accepted), null, 2);

test.each([
  ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
  ['CR', (text: string) => text.replaceAll('\n', '\r')],
  ['a byte order mark', (text: string) => `\uFEFF${text}`],
  ['nothing at the end', (text: string) => text.trimEnd()],
])('G15 YAML and JSON with %s are read as with LF', async (_, change) => {
  for (const text of [accepted, json]) {
    expect(await generate(change(text), 'openapi.yaml')).toEqual(await generate(text, 'openapi.yaml'));
  }
});

test('G15 lines are counted whatever ends them', async () => {
  const wrong = changed('name: { type: string }', 'name: { type: text }');
  const [expected] = await refusalsOf(wrong);
  expect(expected).toMatch(/^28:17 /);
  for (const end of ['\r\n', '\r']) expect(await refusalsOf(wrong.replaceAll('\n', end))).toEqual([expected]);
});

test('G15 keys are text as it is written', async () => {
  const { 'document.gen.ts': document = '' } = await generate(
    `${accepted}x-a: { 1.0: a, 0x1F: b, ~: c, null: d, true: e, 007: f, 1: g }\n`,
    'openapi.yaml',
  );
  const [, text = ''] = /export const document = (\{[\s\S]*\}) as const;\n$/.exec(document) ?? [];
  expect(JSON.parse(text)['x-a']).toEqual({
    '1.0': 'a',
    '0x1F': 'b',
    '~': 'c',
    null: 'd',
    true: 'e',
    '007': 'f',
    1: 'g',
  });
});

const merged = changed(
  "        '200':\n",
  `        '404': &gone
          description: Gone.
        '410':
          <<: *gone
          content: { application/json: { schema: { type: string } } }
        '409': { <<: [{ description: Other. }, *gone] }
        '200':
`,
);

test('G15 merge keys are read as YAML 1.1 does: what is nearer wins', async () => {
  const { operations } = await compileContract(merged, 'openapi.yaml');
  expect(Object.keys(operations['SetThing']?.responses ?? {}).sort()).toEqual(['200', '404', '409', '410']);
  expect(operations['SetThing']?.responses['410']?.content).toHaveProperty(['application/json']);
  const text = changed('title: Things', '<<: { title: Merged, summary: A }, title: Things');
  const { 'document.gen.ts': document } = await generate(text, 'openapi.yaml');
  expect(document).toContain('"title": "Things"');
  expect(document).toContain('"summary": "A"');
});

test('G15 what is wrong in a merged part is told where it stands', async () => {
  const [only] = await refusalsOf(
    merged.replace('          description: Gone.\n', '          description: Gone.\n          what: 1\n'),
  );
  expect(only).toMatch(/^18:11 {2}OpenAPI 3.1 has no member what here/);
});

test.each([
  ['10,000 levels of JSON', `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
  ['3,000 levels of JSON', `{"a":${'['.repeat(3000)}${']'.repeat(3000)}}`],
  ['2,000 levels of YAML', Array.from({ length: 2000 }, (_, level) => `${' '.repeat(level)}a:\n`).join('')],
])('%s are refused in one line', async (_, text) => {
  const [only, ...others] = await refusalsOf(text);
  expect(only).toMatch(/^\d+:\d+ {2}the document is nested too deeply; move parts into components$/);
  expect(others).toEqual([]);
});
