import { expect, test } from 'vitest';
import type { ContractViolation } from '../src/index.ts';
import { inventoryOptions, inventoryServer } from './support/inventory.ts';

/** CreateItem declares 201, 4XX and default. */
async function answerByDefault(status: number) {
  const violations: ContractViolation[] = [];
  const { handlers } = await inventoryOptions();
  const app = await inventoryServer({
    handlers: {
      ...handlers,
      CreateItem: ({ requestId }, reply) => reply.default(status, { request: requestId, codes: ['x'] }),
    },
    onContractViolation: (violation) => violations.push(violation),
  });
  const response = await app.inject({ method: 'POST', url: '/inventory/items' });
  return { status: response.statusCode, faults: violations.flatMap(({ faults }) => faults) };
}

test('default stands for the failures that are not declared', async () => {
  expect(await answerByDefault(507)).toEqual({ status: 507, faults: [] });
});

test('default stands for no success where one is declared: a client has no type for it', async () => {
  expect(await answerByDefault(200)).toEqual({ status: 500, faults: ['status 200 is not declared'] });
});

test('a failure in front of every operation has the status that the contract declares for failures', async () => {
  const app = await inventoryServer({
    prepare(host) {
      host.addHook('onRequest', async () => Promise.reject(new Error('secret')));
    },
  });
  const response = await app.inject('/nowhere');
  expect([response.statusCode, response.json().codes]).toEqual([500, ['internal-error']]);
});
