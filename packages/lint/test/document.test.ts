import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import contractPlugin from '../src/index.ts';
import { lint } from './redocly.ts';

const root = new URL('../../../', import.meta.url);

test('openapi.yaml has no complaint', async () => {
  expect(await lint(root, ['openapi.yaml'])).toEqual([]);
});

test('redocly.yaml gives every rule the severity error', () => {
  const config = readFileSync(new URL('redocly.yaml', root), 'utf8');
  for (const rule of Object.keys(contractPlugin().rules.oas3)) {
    expect(config).toMatch(new RegExp(`^  contract/${rule}:( error|\\n    severity: error)$`, 'm'));
  }
});
