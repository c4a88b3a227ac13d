import { readFile } from 'node:fs/promises';
import { environmentReference } from '@contract-first/service';
import { expect, test } from 'vitest';
import { variables } from '../../src/configuration/variables.ts';

test('the README lists every variable with its default and meaning', async () => {
  const readme = await readFile(new URL('../../../../README.md', import.meta.url), 'utf8');
  const listed = readme.split('\n').filter((line) => line.startsWith('| `') && /^\| `[A-Z_]+`/.test(line));
  const expected = environmentReference(variables).map(
    ({ name, default: value, description }) =>
      `| \`${name}\` | ${value === null ? '' : `\`${value}\``} | ${description} |`,
  );
  expect(listed).toEqual(expected);
});
