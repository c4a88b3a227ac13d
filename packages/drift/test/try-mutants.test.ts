import { expect, test } from 'vitest';
import { eachAlone, type Gate } from '../src/gates/gate.ts';
import type { Mutant } from '../src/mutants/mutant.ts';
import { type Entry, entriesOf, noticedByDiffAlone, scoreOf, scoreWithoutDiff } from '../src/report/score.ts';
import { tryMutants } from '../src/run/try-mutants.ts';

const mutant = (id: string): Mutant => ({
  id,
  area: 'contract',
  mode: 'regenerated',
  kind: 'status-removed',
  file: 'openapi.yaml',
  line: 7,
  isDerived: false,
  change: 'the status 404 is removed',
  text: () => id,
});

/** A gate that notices the mutants with such a name, and tells which ones it was shown. */
function gate(name: string, pattern: RegExp): Gate & { readonly shown: string[] } {
  const shown: string[] = [];
  return {
    name,
    shown,
    applies: () => true,
    assertGreen: async () => {},
    check: (mutants, context) =>
      eachAlone(mutants, context, async ({ id }) => {
        shown.push(id);
        return { complaint: pattern.test(id) ? `${name} is red` : null };
      }),
  };
}

const mutants = ['by-types', 'by-diff', 'by-diff-and-types', 'planted'].map(mutant);

async function entriesWith(goesOnAfterDiff: boolean, equivalents = new Map<string, string>()) {
  const [diff, types] = [gate('diff', /diff/), gate('types', /types/)];
  const results = await tryMutants(mutants, [diff, types], { hints: [], goesOnAfterDiff, onProgress: () => {} });
  const entries: Entry[] = entriesOf(mutants, new Map(results.map((result) => [result.id, result])), equivalents);
  return { entries, shownToTypes: types.shown };
}

test('a mutant that a gate notices is killed, and a planted one survives', async () => {
  const { entries } = await entriesWith(true);
  expect(entries.map(({ id, status, gate: by }) => [id, status, by])).toEqual([
    ['by-types', 'killed', 'types'],
    ['by-diff', 'killed', 'diff'],
    ['by-diff-and-types', 'killed', 'types'],
    ['planted', 'survived', null],
  ]);
  expect([scoreOf(entries), scoreWithoutDiff(entries)]).toEqual([
    { killed: 3, total: 4 },
    { killed: 2, total: 4 },
  ]);
  expect(noticedByDiffAlone(entries).map(({ id }) => id)).toEqual(['by-diff']);
});

test('what the version rule notices is not shown to later gates, if it need not be', async () => {
  expect((await entriesWith(true)).shownToTypes).toEqual(mutants.map(({ id }) => id));
  expect((await entriesWith(false)).shownToTypes).toEqual(['by-types', 'planted']);
});

test('an equivalent mutant does not count, unless a gate notices it', async () => {
  const equivalents = new Map([
    ['planted', 'It changes nothing.'],
    ['by-types', 'A mistake.'],
  ]);
  const { entries } = await entriesWith(true, equivalents);
  expect(entries.map(({ status }) => status)).toEqual(['killed', 'killed', 'killed', 'equivalent']);
  expect(scoreOf(entries)).toEqual({ killed: 3, total: 3 });
});
