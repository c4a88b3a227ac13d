import { readFileSync } from 'node:fs';
import { root } from '@contract-first/release';
import { expect, test } from 'vitest';
import { clientReplacements } from '../src/source/client-replacements.ts';
import { offsetOf } from '../src/source/replacement.ts';
import { serverReplacements } from '../src/source/server-replacements.ts';

test.each([...serverReplacements, ...clientReplacements])('$kind $name fits $file', (replacement) => {
  const text = readFileSync(root + replacement.file, 'utf8');
  expect(offsetOf(replacement, text)).toBeGreaterThanOrEqual(0);
  expect(replacement.replace).not.toBe(replacement.find);
});
