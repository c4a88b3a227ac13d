import type { Contract, Operation } from '@contract-first/core';
import { expect, test } from 'vitest';
import { type Client, createClient } from '../src/index.ts';
import { fixture, type operations } from './support/fixture.ts';
import { reply, serve, thing } from './support/server.ts';

const baseUrl = 'http://127.0.0.1';
const path = { thingId: '1' };

/** The fixture with another row for one operation. */
function contractWith(name: keyof operations, row: Partial<Operation>): Contract<operations> {
  const all = { ...fixture.operations, [name]: { ...fixture.operations[name], ...row } };
  return { ...fixture, operations: all };
}

type Call = (api: Client<operations>) => Promise<unknown>;

/** What the compiler refuses, but a caller without types may do. */
function untyped<T>(value: object): T {
  return value as T;
}

const refused: readonly (readonly [string, Call, object])[] = [
  [
    'a parameter that breaks its schema',
    (api) => api.ListThings({ query: untyped({ limit: 'five' }) }),
    { in: 'query', name: 'limit', keyword: 'type' },
  ],
  [
    'a parameter in another part than its own',
    (api) => api.GetThing(untyped({ path, query: { thingId: '1' } })),
    { in: 'query', name: 'thingId', keyword: 'unknown' },
  ],
  [
    'a path parameter that is missing, once',
    (api) => api.GetThing(untyped({ path: {} })),
    { in: 'path', name: 'thingId', keyword: 'required' },
  ],
  [
    'a lone surrogate in the query',
    (api) => api.ListThings({ query: { tag: ['\ud800'] } }),
    { in: 'query', name: 'tag', keyword: 'format' },
  ],
  [
    'a body where none is taken',
    (api) => api.GetThing(untyped({ path, body: thing })),
    { in: 'call', name: 'body', keyword: 'unknown', message: 'is given, but the operation takes none' },
  ],
  [
    'a body whose media type is not told where there are several',
    (api) => api.CreateThing(untyped({ body: 'a' })),
    { in: 'call', name: 'contentType', keyword: 'enum', message: 'must be one of application/json, text/plain' },
  ],
  [
    'a media type without a body',
    (api) => api.CreateThing(untyped({ contentType: 'text/plain' })),
    { in: 'call', name: 'body', keyword: 'required' },
  ],
];

test.each(refused)('%s is refused', async (_name, call, fault) => {
  const promise = call(createClient(fixture, { baseUrl }));
  await expect(promise).rejects.toMatchObject({ code: 'invalid-request', faults: [fault] });
});

test('a required header that is missing is refused', async () => {
  const [thingId, ifMatch] = fixture.operations.UpdateThing.parameters;
  if (thingId === undefined || ifMatch === undefined) throw new Error('The fixture has other parameters.');
  const contract = contractWith('UpdateThing', { parameters: [thingId, { ...ifMatch, required: true }] });
  const promise = createClient(contract, { baseUrl }).UpdateThing({ path, body: thing });
  await expect(promise).rejects.toMatchObject({ faults: [{ in: 'header', name: 'If-Match', keyword: 'required' }] });
});

test('a member that no schema has evaluated is told by its own pointer', async () => {
  const violation = { pointer: '', keyword: 'unevaluatedProperties', params: { unevaluatedProperty: 'a/b' } };
  const content = { 'application/vnd.api+json': { validate: () => [{ ...violation, message: 'must not be there' }] } };
  const contract = contractWith('UpdateThing', { requestBody: { required: true, content } });
  const promise = createClient(contract, { baseUrl }).UpdateThing({ path, body: thing });
  await expect(promise).rejects.toMatchObject({ faults: [{ in: 'body', pointer: '/a~1b' }] });
});

test('where no reply has a body, no media type is asked for', async () => {
  const { url, seen } = await serve((response) => reply(response, 202));
  const contract = contractWith('DeleteThing', { responses: { '202': { headers: {}, content: {} } } });
  await createClient(contract, { baseUrl: url }).DeleteThing({ path });
  expect(seen[0]?.headers['accept']).toEqual(['*/*']);
});

test('what is not declared is written as text, and a list is repeated', async () => {
  const { url, seen } = await serve((response) => reply(response, 200, [], { 'content-type': 'application/json' }));
  const api = createClient(fixture, { baseUrl: url, validate: false });
  const call = { query: { other: ['a', 1], more: true }, headers: { 'X-More': 5 }, cookies: { c: 'a;b' } };
  await api.ListThings(untyped(call));
  expect(seen[0]).toMatchObject({
    url: '/things?other=a&other=1&more=true',
    headers: { 'x-more': ['5'], cookie: ['c=a%3Bb'] },
  });
});

test('a list is written as the query parameter says, not as a header of that name', async () => {
  const { url, seen } = await serve((response) => reply(response, 200, [], { 'content-type': 'application/json' }));
  const { parameters } = fixture.operations.ListThings;
  const headers = parameters.map((parameter) => ({ ...parameter, in: 'header' as const }));
  const api = createClient(contractWith('ListThings', { parameters: [...headers, ...parameters] }), { baseUrl: url });
  await api.ListThings({ query: { tag: ['a', 'b'] } });
  expect(seen[0]?.url).toBe('/things?tag=a&tag=b');
});
