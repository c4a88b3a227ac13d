import { expect, test } from 'vitest';
import type { Replacement } from '../src/source/replacement.ts';
import { sourceMutants } from '../src/source/source-mutants.ts';

const source = `import { log } from './log.ts';
export type Name = true;
export function check(values: readonly string[], limit: number | undefined): string[] {
  if (values.length > (limit ?? 3)) throw new Error('too many');
  const isFirst = (value: string): boolean => value === values[0];
  log(values);
  return [...values.filter(isFirst)];
}
`;

const texts = (replacements: readonly Replacement[] = []): Record<string, string> => {
  const set = { area: 'server', files: ['check.ts'], replacements } as const;
  return Object.fromEntries(sourceMutants(set, () => source).map((mutant) => [mutant.id, mutant.text()]));
};

test('operators change conditions, bounds, statements, calls and spreads', () => {
  const changes = Object.entries(texts()).map(([id, text]) => {
    const [line = ''] = text.split('\n').filter((each) => !source.split('\n').includes(each));
    return `${id} → ${line.trim()}`;
  });
  expect(changes).toEqual([
    "server:condition-true:check.ts#check.1 → if (Boolean(1)) throw new Error('too many');",
    "server:condition-false:check.ts#check.1 → if (Boolean(0)) throw new Error('too many');",
    "server:comparison:check.ts#check.1 → if (values.length >= (limit ?? 3)) throw new Error('too many');",
    "server:operand-left:check.ts#check.1 → if (values.length > ((limit))) throw new Error('too many');",
    "server:operand-right:check.ts#check.1 → if (values.length > ((3))) throw new Error('too many');",
    'server:throw-removed:check.ts#check.1 → if (values.length > (limit ?? 3)) ;',
    'server:comparison:check.ts#isFirst.1 → const isFirst = (value: string): boolean => value !== values[0];',
    'server:statement-removed:check.ts#check.1 → ;',
    'server:spread-removed:check.ts#check.1 → return [...[]];',
    'server:call-removed:check.ts#check.1 → return [...values];',
  ]);
});

test('a mutant tells its line', () => {
  const set = { area: 'server', files: ['check.ts'], replacements: [] } as const;
  expect(sourceMutants(set, () => source)[0]).toMatchObject({ file: 'check.ts', line: 4, mode: 'source' });
});

const replacement: Replacement = {
  name: 'one-more',
  kind: 'limit',
  file: 'check.ts',
  find: '?? 3',
  replace: '?? 4',
  change: 'one more is let through',
};

test('a replacement is made by its exact text', () => {
  expect(texts([replacement])['server:limit:one-more']).toBe(source.replace('?? 3', '?? 4'));
});

test.each([
  ['does not occur any more', 'limit ?? 5'],
  ['occurs more than once', 'values'],
])('a replacement whose text %s fails loudly', (reason, find) => {
  expect(() => texts([{ ...replacement, find }])).toThrow(`one-more: the text «${find}» ${reason} in check.ts`);
});
