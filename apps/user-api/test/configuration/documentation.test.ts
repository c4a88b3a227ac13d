import { readFile } from 'node:fs/promises';
import { environmentReference } from '@contract-first/service';
import { expect, test } from 'vitest';
import { variables } from '../../src/configuration/variables.ts';

test('docs/environment.md lists every variable with its default and meaning', async () => {
  const page = await readFile(new URL('../../../../docs/environment.md', import.meta.url), 'utf8');
  const listed = page.split('\n').filter((line) => line.startsWith('| `') && /^\| `[A-Z_]+`/.test(line));
  const expected = environmentReference(variables).map(
    ({ name, default: value, description }) =>
      `| \`${name}\` | ${value === null ? '' : `\`${value}\``} | ${description} |`,
  );
  expect(listed).toEqual(expected);
});
