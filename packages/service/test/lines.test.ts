import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Line, readLines } from '../src/commands/lines.ts';

async function* chunks(parts: readonly string[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield Buffer.from(part);
}

async function read(parts: readonly string[], limit = 1_000) {
  const lines: Line[] = [];
  for await (const completed of readLines(chunks(parts), limit)) lines.push(...completed);
  return lines.map(({ number, bytes }) => [number, bytes?.toString() ?? null]);
}

test('lines are the same however the bytes come', async () => {
  const parts = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 8 }), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(parts, async (given) => {
      const lines = given.join('').split('\n');
      if (lines.at(-1) === '') lines.pop();
      expect(await read(given)).toEqual(lines.map((line, index) => [index + 1, line]));
    }),
  );
});

test('a line over the limit is told without its text, and those after it are read', async () => {
  const parts = ['12345\n', '123', '456', '789\n1', '2\n', '1234567'];
  expect(await read(parts, 5)).toEqual([
    [1, '12345'],
    [2, null],
    [3, '12'],
    [4, null],
  ]);
});
