import { expect, test } from 'vitest';
import { createClient } from '../src/index.ts';
import { fixture } from './support/fixture.ts';
import { reply, serve, thing } from './support/server.ts';

test('a request with a body carries the media type of its operation', async () => {
  const { url, seen } = await serve((response) => reply(response, 200, thing));
  await createClient(fixture, { baseUrl: url }).UpdateThing({ path: { thingId: '1' }, body: thing });
  expect(seen[0]).toMatchObject({
    method: 'PATCH',
    headers: { 'content-type': ['application/vnd.api+json'], accept: ['application/vnd.api+json'] },
    body: JSON.stringify(thing),
  });
});

test('a request without a body carries no Content-Type', async () => {
  const { url, seen } = await serve((response) => reply(response, 200, thing, { etag: '"1"' }));
  const api = createClient(fixture, { baseUrl: url });
  await api.GetThing({ path: { thingId: '1' } });
  expect(seen[0]?.headers).toHaveProperty('accept', ['application/vnd.api+json']);
  expect(seen[0]?.headers).not.toHaveProperty('content-type');
});

test('a body that may be left out is sent without Content-Type if it is', async () => {
  const { url, seen } = await serve((response) =>
    reply(response, 200, { name: 'a' }, { 'content-type': 'application/json' }),
  );
  await createClient(fixture, { baseUrl: url }).Probe();
  expect(seen[0]?.headers).not.toHaveProperty('content-type');
});

test('Accept names every declared media type once', async () => {
  const { url, seen } = await serve((response) => reply(response, 200, [], { 'content-type': 'application/json' }));
  await createClient(fixture, { baseUrl: url }).ListThings();
  expect(seen[0]?.headers['accept']).toEqual(['application/json, text/csv, application/vnd.api+json, text/plain']);
});

test('with several media types the caller chooses', async () => {
  const { url, seen } = await serve((response) => reply(response, 201));
  const api = createClient(fixture, { baseUrl: url });
  await api.CreateThing({ contentType: 'text/plain', body: 'a "lamp"' });
  await api.CreateThing({ contentType: 'application/json', body: { name: 'lamp' } });
  expect(seen.map(({ headers, body }) => [headers['content-type'], body])).toEqual([
    [['text/plain'], 'a "lamp"'],
    [['application/json'], '{"name":"lamp"}'],
  ]);
});

test('a contract with a media type that the client cannot handle is refused at once', () => {
  const row = fixture.operations.Probe;
  const responses = {
    '200': { headers: {}, content: { 'image/png': { validate: () => [], validateOpen: () => [] } } },
  };
  const contract = { ...fixture, operations: { ...fixture.operations, Probe: { ...row, responses } } };
  expect(() => createClient(contract, { baseUrl: 'http://127.0.0.1' })).toThrow(
    new TypeError('Probe (fixture.yaml:1): the client handles JSON and text, not image/png'),
  );
});

test('so is one whose requests are in such a media type', () => {
  const row = fixture.operations.Probe;
  const requestBody = { required: false, content: { 'application/xml': { validate: () => [] } } };
  const contract = { ...fixture, operations: { ...fixture.operations, Probe: { ...row, requestBody } } };
  expect(() => createClient(contract, { baseUrl: 'http://127.0.0.1' })).toThrow(
    new TypeError('Probe (fixture.yaml:1): the client handles JSON and text, not application/xml'),
  );
});
