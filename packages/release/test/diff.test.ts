import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { redoclyJson } from '../src/redocly.ts';
import { contractFile, contractVersion } from '../src/release.ts';
import { releaseVerdict } from '../src/release-verdict.ts';
import { type Impact, nextVersion } from '../src/version.ts';
import { documentText, edited } from './document.ts';

const version = contractVersion(parse(documentText));
const versions = { '@contract-first/client': '0.4.2', '@user-api/contract': '1.4.2' };
const released = { text: documentText, versions };

function verdictOn(text: string, rated: Impact | null = null) {
  return releaseVerdict(released, { text, versions }, rated);
}

const breaking: readonly (readonly [what: string, text: string])[] = [
  ['a value of an enum is gone', edited('enum: [male, female, other, null]', 'enum: [male, female, null]')],
  ['an enum has a new value', edited('enum: [male, female, other, null]', 'enum: [male, female, other, x, null]')],
  ['another pattern', edited('pattern: ^\\+(?:', 'pattern: ^(?:')],
  ['a pattern where there was none', edited('      maxLength: 2048\n', '      maxLength: 2048\n      pattern: ^h\n')],
  ['a lower maxLength', edited('maxLength: 2048', 'maxLength: 1024')],
  ['a higher maxLength', edited('maxLength: 2048', 'maxLength: 4096')],
  ['no maxLength', edited('      maxLength: 2048\n', '')],
  ['fewer items', edited('maxItems: 1000', 'maxItems: 10')],
  ['another format', edited('format: https-url', 'format: uri')],
  [
    'null where there was none',
    edited('type: string\n      format: email', "type: [string, 'null']\n      format: email"),
  ],
  ['no null any more', edited("type: [string, 'null']", 'type: string')],
  ['a member of a request becomes required', edited('required: [type, id]\n', 'required: [type, id, attributes]\n')],
  ['a member of a response is optional', edited('        - zoneInfo\n', '')],
  [
    'an object is open',
    edited(/additionalProperties: false\n {6}properties:\n {8}firstName/, 'properties:\n        firstName'),
  ],
  ['another constant', edited('const: User', 'const: Person')],
  ['a body becomes optional', edited('change.\n      required: true', 'change.\n      required: false')],
  ['a header of a response is gone', edited(/ {8}ETag:\n.*\n/, '')],
  [
    'a header of a response becomes optional',
    edited('§8.8.3).\n      required: true', '§8.8.3).\n      required: false'),
  ],
  ['a narrower header of a response', edited('maximum: 86400', 'maximum: 60')],
  [
    'a parameter is gone',
    edited("      parameters:\n        - $ref: '#/components/parameters/IfMatch'\n      req", '      req'),
  ],
  [
    'a parameter that is required',
    edited(
      "        - $ref: '#/components/parameters/IfMatch'\n      req",
      "        - $ref: '#/components/parameters/IfMatch'\n        - { name: page, in: query, required: true }\n      req",
    ),
  ],
  [
    'a reference in place of what was written there',
    edited("          $ref: '#/components/responses/NotFound'", "          $ref: '#/components/responses/Forbidden'"),
  ],
  ['another scope', edited("OAuth2: ['user:users:write']", "OAuth2: ['user:users:admin']")],
  ['an alternative of security is gone', edited("        - OAuth2: ['user:users:write']\n", '')],
  ['another token URL', edited('tokenUrl: https://id.', 'tokenUrl: https://id2.')],
  ['another operationId', edited('operationId: UpdateUser', 'operationId: ChangeUser')],
  [
    'another base path',
    edited('url: https://api.pace.cloud/user/2022-1\n    d', 'url: https://api.pace.cloud/u\n    d'),
  ],
  ['another path', edited('/users/{userId}:', '/people/{userId}:')],
  ['an operation is gone', edited(/ {4}get:\n[\s\S]*? {4}patch:/, '    patch:')],
  ['another media type', edited('        application/vnd.api+json:', '        application/json:')],
  ['a status is gone', edited(/ {8}'429':\n.*\n/, '')],
  ['no owner', edited(/ {6}x-owner: .*\n/, '')],
  ['a narrower owner', edited(", unless: 'user:users:admin'", '')],
  ['another resource', edited('x-resource: { type: User,', 'x-resource: { type: Person,')],
  ['an attribute is gone', edited(/ {8}zoneInfo:\n.*\n/, '')],
  ['a schema has another name', edited('    FirstName:', '    GivenName:')],
];

const additions: readonly (readonly [what: string, text: string])[] = [
  [
    'a member of a response becomes required',
    edited('required: [id, status, code, title, detail]', 'required: [id, status, code, title, detail, source]'),
  ],
  ['a new attribute', edited('        zoneInfo:\n', '        nickname:\n          type: string\n        zoneInfo:\n')],
  ['a new schema', edited('    FirstName:\n', '    Nickname:\n      type: string\n    FirstName:\n')],
  [
    'a new scope',
    edited('            user:users:admin:', '            user:users:own: Yours\n            user:users:admin:'),
  ],
  [
    'an optional parameter, wherever in the list',
    edited(
      "        - $ref: '#/components/parameters/IfMatch'\n      req",
      "        - { name: page, in: query }\n        - $ref: '#/components/parameters/IfMatch'\n      req",
    ),
  ],
  ['a new server', edited('tags:\n  - name', '  - url: https://b.example/user/2022-1\ntags:\n  - name')],
  ['a deprecation', edited('operationId: GetUser', 'operationId: GetUser\n      deprecated: true')],
];

const prose: readonly (readonly [what: string, text: string])[] = [
  ['a description', edited('The given name.', 'The first name.')],
  ['no description', edited('      description: The given name.\n', '')],
  ['a summary', edited('summary: Updates the user data', 'summary: Changes the user data')],
  ['an example of a schema', edited('examples: [John]', 'examples: [Jim]')],
  ['an example of a body', edited('firstName: John', 'firstName: Jim')],
  ['the description of a scope', edited('Read your user data', 'Read your data')],
  ['a contact', edited('name: User API maintainers', 'name: Somebody')],
  ['a tag', edited('tags: [Users]', 'tags: [People]')],
];

const kinds = [
  ...breaking.map(([what, text]) => ['major', what, text] as const),
  ...additions.map(([what, text]) => ['minor', what, text] as const),
  ...prose.map(([what, text]) => ['patch', what, text] as const),
];

describe('a change without a new version is refused', () => {
  test.each(kinds)('%s: %s', (impact, _what, text) => {
    const verdict = verdictOn(text);
    expect(verdict.impact).toBe(impact);
    expect(verdict.demands[0]).toEqual({ what: contractFile, found: version, least: nextVersion(version, impact) });
    expect(verdict.changes.length).toBeGreaterThan(0);
  });
});

test('without a change no version is demanded', () => {
  expect(verdictOn(documentText)).toEqual({ changes: [], impact: null, demands: [] });
});

test.each([
  ['comments', `# A comment\n${documentText}`],
  ['the order of an enum', edited('enum: [male, female, other, null]', 'enum: [null, female, other, male]')],
  [
    'the order of members',
    edited(/( {6}type: string\n)( {6}format: email\n)/, '      format: email\n      type: string\n'),
  ],
])('%s means nothing', (_what, text) => {
  expect(verdictOn(text).impact).toBeNull();
});

test('an attribute that is named like prose is no prose', () => {
  expect(
    verdictOn(edited('        zoneInfo:\n', '        description:\n          type: string\n        zoneInfo:\n'))
      .impact,
  ).toBe('minor');
});

test('the graver of two opinions counts', () => {
  expect(verdictOn(documentText, 'minor').demands[0]).toMatchObject({ least: nextVersion(version, 'minor') });
  expect(verdictOn(edited('The given name.', 'The first name.'), 'major').impact).toBe('major');
});

test('the packages that carry the contract must follow, by the second number below 1.0.0', () => {
  const removed = edited('        - zoneInfo\n', '');
  expect(verdictOn(removed).demands.slice(1)).toEqual([
    { what: '@contract-first/client', found: '0.4.2', least: '0.5.0' },
    { what: '@user-api/contract', found: '1.4.2', least: '2.0.0' },
  ]);
});

test('versions that are high enough are accepted, higher ones too', () => {
  const text = edited('        - zoneInfo\n', '').replace(`version: ${version}`, 'version: 3.2.1');
  const today = { text, versions: { '@contract-first/client': '0.5.0', '@user-api/contract': '2.0.1' } };
  expect(releaseVerdict(released, today).demands).toEqual([]);
});

test('a version that went back is refused', () => {
  const today = { text: edited(`version: ${version}`, 'version: 0.9.0'), versions };
  expect(releaseVerdict(released, today).demands).toEqual([{ what: contractFile, found: '0.9.0', least: version }]);
});

test('redocly rates a breaking change as one, so that its opinion is worth something', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'user-api-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, contractFile);
  writeFileSync(file, edited('operationId: UpdateUser', 'operationId: ChangeUser'));
  const report = await redoclyJson('diff', contractFile, file, '--fail-on', 'none');
  expect(report).toMatchObject({ bump: 'major', changes: [{ verdicts: [{ ruleId: 'operation-id-changed' }] }] });
});
