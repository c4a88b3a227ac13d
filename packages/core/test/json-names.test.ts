import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readJson } from '../src/index.ts';

const encoder = new TextEncoder();

/** The members in their order, by names and values; JSON.parse is what is under suspicion. */
function namesOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(namesOf);
  return Object.entries(value).map(([name, member]) => [name, namesOf(member)]);
}

const read = (value: unknown): unknown => namesOf(readJson(encoder.encode(JSON.stringify(value))).value);

test('an escaped member name is read as it is after a name that is a backslash', () => {
  read({ h: [], '\\': 0 });
  for (const name of ['"', '\n', '\t', '\ud800'])
    expect(read({ h: 1, [name]: 2 })).toEqual([
      ['h', 1],
      [name, 2],
    ]);
});

test('every document with escaped member names is read as it was written', () => {
  const name = fc.constantFrom('', '"', '\\', '\\"', '\n', '\\u', 'a', 'a\\', 'a\n', '0', '__proto', '{', '":', ' ');
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(null, true, -1.5e-7, '', '}', ']', '\\', '"', ',:'),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(name, tie('value'), { maxKeys: 4 }),
    ),
  }));
  fc.assert(
    fc.property(value, (document) => {
      expect(read(document)).toEqual(namesOf(document));
    }),
    { numRuns: 2_000 },
  );
});
