import { readFileSync } from 'node:fs';
import type { Mutant } from '../mutants/mutant.ts';

/** Words of a name count as much as so many in the text: a test file is named after what it is about. */
const nameWeight = 4;

/** Each test of the rule that a mutant breaks counts more than all words together. */
export const ruleWeight = 100;
/** So many tests of a rule are counted. */
const ruleCount = 9;

/**
 * How much a test file speaks of what a mutant changes, by their words. Only for the order in which tests are run.
 *
 * @param path where the file is
 */
export function relevanceOf(
  { id, change, rule }: Pick<Mutant, 'id' | 'change' | 'rule'>,
  file: string,
  path: string,
): number {
  const name = file.slice(file.indexOf('/test/')).toLowerCase();
  const source = readFileSync(path, 'utf8');
  const text = source.toLowerCase();
  const counts = wordsOf(`${id} ${change}`).map((word) =>
    name.includes(word) ? nameWeight : text.includes(word) ? 1 : 0,
  );
  const titles = rule === undefined ? 0 : Math.min(ruleCount, [...source.matchAll(numberOf(rule, 'g'))].length);
  return counts.reduce<number>((sum, count) => sum + count, titles * ruleWeight);
}

/** Finds the number of a rule, for example in the titles of its tests. */
export function numberOf(rule: string, flags = ''): RegExp {
  return RegExp(`\\b${rule}\\b`, flags);
}

/** Words of four letters and more, those of names in camel case too. */
function wordsOf(text: string): string[] {
  const words =
    text
      .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .match(/[a-z]{4,}/g) ?? [];
  return [...new Set(words)];
}
