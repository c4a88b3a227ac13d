import { readFileSync } from 'node:fs';
import { root } from '@contract-first/release';
import { expect, test } from 'vitest';
import { readConfiguration } from '../src/configuration/configuration.ts';
import { offsetOf, parseReplacements } from '../src/source/replacement.ts';

const { areas } = readConfiguration('apps/user-api/drift/drift.yaml', root);
const files = Object.values(areas).flatMap(({ replacements }) => replacements);
const replacements = files.flatMap((file) => parseReplacements(readFileSync(root + file, 'utf8'), file));

test.each(replacements)('$kind $name fits $file', (replacement) => {
  const text = readFileSync(root + replacement.file, 'utf8');
  expect(offsetOf(replacement, text)).toBeGreaterThanOrEqual(0);
  expect(replacement.replace).not.toBe(replacement.find);
});

test('a list with a misspelt member is refused with its place', () => {
  const text = '- { name: a, kind: b, change: c, file: d, find: e, replaced: f }';
  expect(() => parseReplacements(text, 'list.yaml')).toThrow(
    /^list\.yaml is not a list of replacements:[\s\S]*replace/,
  );
});
