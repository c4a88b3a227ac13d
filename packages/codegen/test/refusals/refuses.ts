import { describe, expect, test } from 'vitest';
import { refusalsOf } from '../fixture.ts';

/** Name of the case, document, and how its only refusal begins. */
export type Case = readonly [name: string, document: string, refusal: string];

/** Tests that each document is refused for one reason, that it names the place, and what to do instead. */
export function refuses(group: string, cases: readonly Case[]): void {
  describe(`${group}: what could not be enforced is refused with its place`, () => {
    test.each(cases)('%s', async (_, document, refusal) => {
      const [only = '', ...others] = await refusalsOf(document);
      expect(only.slice(0, refusal.length)).toBe(refusal);
      expect(only).toMatch(/; ./);
      expect(others).toEqual([]);
    });
  });
}
