import { expect, test } from 'vitest';
import { driftCommand } from '../src/command.ts';
import { drift } from '../src/drift.ts';
import type { Mutant } from '../src/mutants/mutant.ts';
import { sampleOf } from '../src/mutants/sample.ts';
import type { DriftOptions } from '../src/options.ts';
import { Queue } from '../src/run/queue.ts';

function mutant(id: string, kind: string, area = 'server'): Mutant {
  return { id, kind, area, mode: 'source', isDerived: false, file: `${kind}.ts`, line: 1, change: '', text: () => '' };
}

const many = Array.from({ length: 30 }, (_, index) => mutant(`m${index}`, `kind${index % 3}`));

test('a sample is the same for the same seed, and has every kind', () => {
  const ids = (seed: string): string[] => sampleOf(many, 6, seed).map(({ id }) => id);
  expect(ids('1')).toEqual(ids('1'));
  expect(ids('1')).not.toEqual(ids('2'));
  const kinds = sampleOf(many, 6, '1').map(({ kind }) => kind);
  expect(kinds.toSorted()).toEqual(['kind0', 'kind0', 'kind1', 'kind1', 'kind2', 'kind2']);
});

test('a sample has as many mutants of each area, however many there are', () => {
  const rest = Array.from({ length: 300 }, (_, index) => mutant(`c${index}`, `other${index}`, 'contract'));
  const areas = sampleOf([...many, ...rest], 12, '1').map(({ area }) => area);
  expect(areas.toSorted()).toEqual([...Array(6).fill('contract'), ...Array(6).fill('server')]);
});

test('mutants of the contract are handed out together, those of sources alone', () => {
  const contract = Array.from({ length: 20 }, (_, index) => mutant(`c${index}`, 'x', 'contract'));
  const queue = new Queue([...contract, mutant('a', 'x'), mutant('b', 'x')]);
  const sizes = Array.from({ length: 10 }, () => queue.next()?.ids.length ?? null);
  expect(sizes).toEqual([3, 3, 3, 3, 3, 3, 2, 1, 1, null]);
});

test('the test that noticed it before is proposed first, then the newest that noticed something in the same file', () => {
  const queue = new Queue([mutant('a', 'x'), mutant('b', 'x'), mutant('c', 'x')], new Map([['c', 'before.test.ts']]));
  const learn = (id: string, testFile: string): void => {
    queue.learn([{ id, gate: 'tests', isInDiff: false, complaint: '', seconds: 1, testFile }]);
  };
  queue.next();
  learn('a', 'old.test.ts');
  expect(queue.next()?.hints).toEqual(['old.test.ts']);
  learn('b', 'new.test.ts');
  expect(queue.next()?.hints).toEqual(['before.test.ts', 'new.test.ts', 'old.test.ts']);
});

/** What a command line asks for; what commander complains of is thrown. */
async function options(...args: readonly string[]): Promise<DriftOptions> {
  const { promise, resolve } = Promise.withResolvers<DriftOptions>();
  const command = driftCommand('1.2.3', async (_file, given) => resolve(given))
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  await command.parseAsync(args, { from: 'user' });
  return promise;
}

test.each([
  ["option '--sample <number>' argument '0' is invalid. It must be a positive integer.", ['--sample', '0']],
  ["option '--workers <number>' argument 'two' is invalid. It must be a positive integer.", ['--workers', 'two']],
  ["option '--diff <use>' argument 'yes' is invalid. Allowed choices are on, stop, off.", ['--diff', 'yes']],
  ["unknown option '--smaple'", ['--smaple', '5']],
])('an option that is wrong is named: %s', async (message, args) => {
  await expect(options(...args)).rejects.toThrow(message);
});

test('what the version rule noticed is shown to the other gates only in a thorough run', async () => {
  expect([(await options()).diff, (await options('--thorough')).diff]).toEqual(['stop', 'on']);
});

test('an area that the configuration does not have is refused by name', async () => {
  const configuration = {
    contract: { document: 'api.yaml', generated: 'gen', compiled: [], tests: [] },
    areas: { server: { sources: [], compiled: [], tests: [], replacements: [] } },
    equivalents: 'same.yaml',
  };
  await expect(drift(configuration, await options('--area', 'core'))).rejects.toThrow(
    'There is no area core, only contract, server.',
  );
});
