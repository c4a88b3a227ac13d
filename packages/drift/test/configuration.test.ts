import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfiguration } from '../src/configuration/configuration.ts';

let top = '';
beforeEach(() => {
  top = `${mkdtempSync(join(tmpdir(), 'drift-configuration-'))}/`;
});
afterEach(() => rmSync(top, { recursive: true }));

test('lists stand beside the configuration, everything else is relative to the top level', () => {
  writeFileSync(
    `${top}drift.yaml`,
    `contract: { document: api.yaml, generated: gen, compiled: [a], tests: [a] }
areas: { server: { sources: [b/*.ts], compiled: [b], tests: [b], replacements: [changes.yaml] } }
equivalents: same.yaml
`,
  );
  expect(readConfiguration('drift.yaml', top)).toEqual({
    contract: { document: 'api.yaml', generated: 'gen', compiled: ['a'], tests: ['a'] },
    areas: { server: { sources: ['b/*.ts'], compiled: ['b'], tests: ['b'], replacements: ['changes.yaml'] } },
    equivalents: 'same.yaml',
  });
});

test('everything that is wrong is told at once', () => {
  writeFileSync(`${top}drift.yaml`, 'contract: { document: 1 }\nareas: {}\nequivalent: x\n');
  expect(() => readConfiguration('drift.yaml', top)).toThrow(
    /^drift\.yaml is not a configuration:[\s\S]*contract\.document[\s\S]*contract\.generated[\s\S]*/,
  );
  expect(() => readConfiguration('drift.yaml', top)).toThrow(/equivalent"/);
});
