import { expect, test } from 'vitest';
import { type ClientOptions, ContractViolationError, createClient, InvalidRequestError } from '../src/index.ts';
import { fixture, type ThingDocument } from './support/fixture.ts';
import { reply, serve, type TestServer, thing } from './support/server.ts';

const path = { thingId: '1' };
const secret = 'secret-value';

/** Has a member that the contract does not have, in a way that the compiler lets pass. */
const excessive = { data: { name: 'lamp', part: { size: 1, weight: secret } } };

/** What a server must not answer: a member is missing, and another one has the wrong type. */
const wrong = { data: { part: { size: secret } } };
const answerWrong = (): Promise<TestServer> => serve((response) => reply(response, 200, wrong));

const echo = (): Promise<TestServer> => serve((response, { body }) => reply(response, 200, JSON.parse(body)));

test('a body that breaks the contract does not leave the machine', async () => {
  const { url, seen } = await echo();
  const error = await createClient(fixture, { baseUrl: url })
    .UpdateThing({ path, body: excessive })
    .catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(InvalidRequestError);
  expect(error).toMatchObject({
    operationId: 'UpdateThing',
    faults: [{ in: 'body', name: '', pointer: '/data/part/weight', keyword: 'additionalProperties' }],
  });
  expect(String(error)).toContain('body /data/part/weight must not be there');
  expect(JSON.stringify(error) + String(error)).not.toContain(secret);
  expect(seen).toEqual([]);
});

test('a reply that breaks the contract is not handed over', async () => {
  const { url, seen } = await answerWrong();
  const error = await createClient(fixture, { baseUrl: url })
    .GetThing({ path })
    .catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ContractViolationError);
  expect(error).toMatchObject({
    status: 200,
    faults: [
      { in: 'header', name: 'etag', keyword: 'required' },
      { in: 'body', pointer: '/data', keyword: 'required' },
      { in: 'body', pointer: '/data/part/size', keyword: 'type' },
    ],
  });
  expect(JSON.stringify(error) + String(error)).not.toContain(secret);
  expect(seen).toHaveLength(1);
});

test.each<[ClientOptions['validate'], string]>([
  ['both', 'invalid-request'],
  ['requests', 'invalid-request'],
  ['responses', 'contract-violation'],
])('with validate: %j both faults give %s', async (validate, code) => {
  const { url } = await answerWrong();
  const promise = createClient(fixture, { baseUrl: url, validate }).UpdateThing({ path, body: excessive });
  await expect(promise).rejects.toMatchObject({ code });
});

test('G8 members of a reply that the contract does not have are handed over', async () => {
  const { url } = await echo();
  const result = await createClient(fixture, { baseUrl: url, validate: 'responses' }).UpdateThing({
    path,
    body: excessive,
  });
  expect(result).toMatchObject({ ok: true, data: excessive });
});

test('with validate: false a server can be given, and may give, what breaks the contract', async () => {
  const { url } = await echo();
  const result = await createClient(fixture, { baseUrl: url, validate: false }).UpdateThing({ path, body: excessive });
  expect(result).toMatchObject({ ok: true, data: excessive });
});

test('what is validated is what is sent', async () => {
  const { url, seen } = await echo();
  const body = { data: { name: 'lamp', nothing: undefined } };
  await createClient(fixture, { baseUrl: url }).UpdateThing({ path, body });
  expect(seen[0]?.body).toBe('{"data":{"name":"lamp"}}');
});

test('every fault of a request is told at once', async () => {
  const api = createClient(fixture, { baseUrl: 'http://127.0.0.1' });
  const query = { limit: 5, color: 'red' };
  await expect(api.ListThings({ query, ...{ queri: {} } })).rejects.toMatchObject({
    message:
      'ListThings: the request breaks the contract and was not sent: call queri does not exist; query color does not exist',
  });
});

test.each([
  ['a member', { path, body: thing, boddy: thing }, { in: 'call', name: 'boddy' }],
  ['a path parameter', { path: { ...path, thingID: '2' }, body: thing }, { in: 'path', name: 'thingID' }],
  [
    'a header',
    { path, body: thing, headers: { 'If-Match': '"1"', 'If-Mach': '"1"' } },
    { in: 'header', name: 'If-Mach' },
  ],
])('%s that is misspelt in a variable is refused', async (_name, call, fault) => {
  const { url, seen } = await echo();
  const promise = createClient(fixture, { baseUrl: url }).UpdateThing(call);
  await expect(promise).rejects.toMatchObject({ code: 'invalid-request', faults: [{ ...fault, keyword: 'unknown' }] });
  expect(seen).toEqual([]);
});

test('a header may be written in any case', async () => {
  const { url, seen } = await echo();
  const headers = { 'if-match': '"1"', 'If-Match': undefined };
  await createClient(fixture, { baseUrl: url }).UpdateThing({ path, body: thing, headers });
  expect(seen[0]?.headers['if-match']).toEqual(['"1"']);
});

test('a missing body is refused', async () => {
  const { url, seen } = await echo();
  // Types cannot hold back who writes JavaScript.
  const call = { path } as { path: { thingId: string }; body: ThingDocument };
  const promise = createClient(fixture, { baseUrl: url }).UpdateThing(call);
  await expect(promise).rejects.toMatchObject({ faults: [{ in: 'call', name: 'body', keyword: 'required' }] });
  expect(seen).toEqual([]);
});

test.each([
  ['is missing', {}, { in: 'header', name: 'etag', keyword: 'required' }],
  ['is not of its type', { etag: '"1"', 'x-count': 'many' }, { in: 'header', name: 'x-count', keyword: 'type' }],
  ['breaks its schema', { etag: '"1"', 'x-count': '13' }, { in: 'header', name: 'x-count', keyword: 'not' }],
])('a reply in which a header %s is not handed over', async (_name, headers, fault) => {
  const { url } = await serve((response) => reply(response, 200, thing, headers));
  const promise = createClient(fixture, { baseUrl: url }).GetThing({ path });
  await expect(promise).rejects.toMatchObject({ code: 'contract-violation', faults: [fault] });
});
