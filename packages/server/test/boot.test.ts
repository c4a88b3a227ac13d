import { compileContract } from '@contract-first/codegen';
import { expect, test } from 'vitest';
import { BootError, createServer } from '../src/index.ts';
import { inventoryOptions } from './support/inventory.ts';

const BOOTED = 'booted';

async function faultsOf(changes: object): Promise<readonly string[]> {
  const app = createServer({ ...(await inventoryOptions()), ...changes });
  const error: unknown = await app.ready().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error === null) return [BOOTED];
  return error instanceof BootError ? error.faults : [`failed otherwise: ${error}`];
}

test('a missing, an extra and an inherited handler are told at once', async () => {
  const { handlers } = await inventoryOptions();
  const { ListItems: _left, ...rest } = handlers;
  const inherited = Object.assign(Object.create({ ListItems: () => undefined }), rest, { RemoveItem: () => undefined });
  expect(await faultsOf({ handlers: inherited })).toEqual([
    'handler ListItems is missing (openapi.yaml:7); add it to handlers',
    'handler RemoveItem belongs to no operation of the contract; remove it, or declare the operation',
  ]);
});

test('a missing and an extra authenticator are told at once', async () => {
  const authenticate = () => Promise.reject(new Error('never called'));
  expect(await faultsOf({ authenticators: { Staff: authenticate, Guest: authenticate } })).toEqual([
    'authenticator Partner is missing for the security scheme; add it to authenticators',
    'authenticator Guest belongs to no security scheme of the contract; remove it, or declare the scheme',
  ]);
});

test('a value that is no function is no handler', async () => {
  const { handlers } = await inventoryOptions();
  expect(await faultsOf({ handlers: { ...handlers, GetItem: null } })).toEqual([
    'handler GetItem is missing (openapi.yaml:42); add it to handlers',
  ]);
});

test('G6 where undeclared errors are refused, every status that the server answers by itself must be declared', async () => {
  const contract = await compileContract(`
    openapi: 3.1.0
    info: { title: Bare, version: 1.0.0 }
    paths:
      /things:
        post:
          operationId: MakeThing
          security: [{ Token: [] }]
          requestBody: { content: { application/json: { schema: { type: object } } } }
          responses: { '200': { description: made, content: { application/json: { schema: { type: object } } } } }
    components: { securitySchemes: { Token: { type: http, scheme: bearer } } }
  `);
  const authenticators = { Token: () => Promise.reject(new Error('never called')) };
  const host = { contract, authenticators, errorFormat: undefined, handlers: { MakeThing: () => undefined } };
  const faults = await faultsOf({ ...host, invalidRequestStatus: 422, undeclaredErrors: 'refuse' });
  expect(faults.map((fault) => /status (\d+)/.exec(fault)?.[1])).toEqual(['401', '406', '415', '422', '500']);
  expect(await faultsOf(host)).toEqual([BOOTED]);
  expect(faults[0]).toMatch(
    /^MakeThing \(openapi\.yaml:\d+\): status 401 must be declared, because it requires a token; add it to the responses$/,
  );
});

/** Three operations of which the last one lacks a status for unexpected failures. */
const withInternalError = (key: string) => `
  openapi: 3.1.0
  info: { title: Bare, version: 1.0.0 }
  security: []
  paths:
    /one: { get: { operationId: GetOne, responses: { '204': { description: done }, '${key}': { description: failed } } } }
    /two: { get: { operationId: GetTwo, responses: { '204': { description: done }, '${key}': { description: failed } } } }
    /three: { get: { operationId: GetThree, responses: { '204': { description: done } } } }
`;

test.each([
  ['500', '500'],
  ['501', '501'],
  ['5XX', '500'],
])('where the contract declares %s, an operation without a status for failures needs %s', async (key, needed) => {
  const contract = await compileContract(withInternalError(key));
  const handler = () => undefined;
  const handlers = { GetOne: handler, GetTwo: handler, GetThree: handler };
  expect(await faultsOf({ contract, authenticators: {}, handlers, undeclaredErrors: 'refuse' })).toEqual([
    `GetThree (openapi.yaml:8): status ${needed} must be declared, because it may fail unexpectedly; add it to the responses`,
  ]);
});

test.each(['bodyLimit', 'requestTimeout', 'headerLimit'])('a senseless %s is refused by name', async (name) => {
  const options = await inventoryOptions();
  for (const value of [0, -1, 1.5, Number.NaN, '10']) {
    expect(() => createServer({ ...options, [name]: value })).toThrow(`option ${name} must be a positive integer`);
  }
});
