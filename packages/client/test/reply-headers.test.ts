import { expect, test } from 'vitest';
import { createClient } from '../src/index.ts';
import { fixture } from './support/fixture.ts';
import { reply, serve, thing } from './support/server.ts';

const valid = () => [];
const { GetThing } = fixture.operations;
const content = GetThing.responses['200']?.content ?? {};
const headers = {
  'x-flag': { required: false, type: 'boolean', validate: valid },
  'x-ratio': { required: false, type: 'number', validate: valid },
} as const;
const responses = { '200': { headers, content } };
const contract = { ...fixture, operations: { ...fixture.operations, GetThing: { ...GetThing, responses } } };

test.each([
  ['x-flag', 'true', true],
  ['x-flag', 'false', false],
  ['x-ratio', '-1.5e2', -150],
  ['x-ratio', '7', 7],
])('the header %s: %s becomes %j', async (name, text, value) => {
  const { url } = await serve((response) => reply(response, 200, thing, { [name]: text }));
  const result = await createClient(contract, { baseUrl: url }).GetThing({ path: { thingId: '1' } });
  expect(result.headers).toEqual({ [name]: value });
});

test.each([
  ['x-flag', 'yes'],
  ['x-flag', 'True'],
  ['x-ratio', '0x10'],
  ['x-ratio', ''],
])('the header %s: %s is not of its type', async (name, text) => {
  const { url } = await serve((response) => reply(response, 200, thing, { [name]: text }));
  const promise = createClient(contract, { baseUrl: url }).GetThing({ path: { thingId: '1' } });
  await expect(promise).rejects.toMatchObject({ faults: [{ in: 'header', name, keyword: 'type' }] });
});

test.each([
  [599, { ok: false, status: 599 }],
  [600, { code: 'undeclared-response', reason: 'status', status: 600 }],
])('default and the status %i', async (status, expected) => {
  const { url } = await serve((response) =>
    reply(response, status, { name: 'a' }, { 'content-type': 'application/json' }),
  );
  const outcome = await createClient(fixture, { baseUrl: url })
    .Probe()
    .catch((error: unknown) => error);
  expect(outcome).toMatchObject(expected);
});
