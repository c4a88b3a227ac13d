import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { clientReplacements } from '../../drift/source/client-replacements.ts';
import { offsetOf } from '../../drift/source/replacement.ts';
import { serverReplacements } from '../../drift/source/server-replacements.ts';
import { root } from '../../workspace.ts';

test.each([...serverReplacements, ...clientReplacements])('$kind $name fits $file', (replacement) => {
  const text = readFileSync(root + replacement.file, 'utf8');
  expect(offsetOf(replacement, text)).toBeGreaterThanOrEqual(0);
  expect(replacement.replace).not.toBe(replacement.find);
});
