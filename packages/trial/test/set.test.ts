import { compileDocument } from '@contract-first/codegen';
import { expect, test } from 'vitest';
import { tryContract } from '../src/index.ts';
import { contracts } from './contracts.ts';

test.each(contracts)(
  'G1 %s: what is sent arrives, what is answered comes back, what is wrong is refused',
  async (name, text) => {
    const { contract, document } = await compileDocument(text, name);
    const trials = await tryContract(contract, document, { count: 4 });
    expect(trials.flatMap(({ faults }) => faults)).toEqual([]);
    expect(trials.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(contract.operations).sort());
    for (const { calls } of trials) expect(calls.all).toBeGreaterThan(1);
  },
);
