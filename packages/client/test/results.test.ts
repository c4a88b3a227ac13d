import { expect, test } from 'vitest';
import { createClient } from '../src/index.ts';
import { fixture } from './support/fixture.ts';
import { problem, reply, serve, thing } from './support/server.ts';

const path = { thingId: '1' };

test('a success has data and the declared headers, converted', async () => {
  const { url } = await serve((response) =>
    reply(response, 200, thing, { etag: '"1"', 'x-count': '7', 'x-other': 'a' }),
  );
  const result = await createClient(fixture, { baseUrl: url }).GetThing({ path });
  if (!result.ok) throw new Error(`The status is ${result.status}.`);
  expect(result).toMatchObject({ status: 200, data: thing });
  expect(result.headers).toEqual({ etag: '"1"', 'x-count': 7 });
  expect(result.response.headers.get('x-other')).toBe('a');
});

test('a declared header that did not come is no member', async () => {
  const { url } = await serve((response) => reply(response, 200, thing, { etag: '"1"' }));
  const result = await createClient(fixture, { baseUrl: url }).GetThing({ path });
  expect(Object.keys(result.headers)).toEqual(['etag']);
});

test('the reply to HEAD has no body, whatever media type it names', async () => {
  const { url } = await serve((response) => reply(response, 200, thing, { etag: '"1"' }));
  const operations = { ...fixture.operations, GetThing: { ...fixture.operations.GetThing, method: 'head' as const } };
  const result = await createClient({ ...fixture, operations }, { baseUrl: url, validate: false }).GetThing({ path });
  expect(result).toMatchObject({ ok: true, status: 200, data: undefined });
});

test('a declared error is a result, not an exception', async () => {
  const { url } = await serve((response) => reply(response, 412, problem));
  const result = await createClient(fixture, { baseUrl: url }).UpdateThing({ path, body: thing });
  expect(result).toMatchObject({ ok: false, status: 412, error: problem });
});

test('304 is no success and has no body', async () => {
  const { url } = await serve((response) => reply(response, 304, undefined, { etag: '"1"' }));
  const result = await createClient(fixture, { baseUrl: url }).GetThing({ path, headers: { 'If-None-Match': '"1"' } });
  expect(result).toMatchObject({ ok: false, status: 304, error: undefined, headers: { etag: '"1"' } });
});

test('a success without a body has undefined as data', async () => {
  const { url } = await serve((response) => reply(response, 202));
  const result = await createClient(fixture, { baseUrl: url }).DeleteThing({ path });
  expect(result).toMatchObject({ ok: true, status: 202, data: undefined });
});

test('a reply is read by its media type, whatever its parameters', async () => {
  const { url } = await serve((response) => reply(response, 200, 7, { 'content-type': 'Text/CSV; charset=utf-8' }));
  const result = await createClient(fixture, { baseUrl: url }).ListThings();
  expect(result).toMatchObject({ ok: true, data: '7' });
});

test('a range and default stand for the statuses that are not named', async () => {
  const { url } = await serve((response, _seen, count) => {
    if (count === 1) reply(response, 418, problem);
    else reply(response, 500, 'down', { 'content-type': 'text/plain' });
  });
  const api = createClient(fixture, { baseUrl: url });
  expect(await api.ListThings()).toMatchObject({ ok: false, status: 418, error: problem });
  expect(await api.ListThings()).toMatchObject({ ok: false, status: 500, error: '"down"' });
});

test('default is a success too where no other is declared', async () => {
  const { url } = await serve((response) =>
    reply(response, 203, { name: 'a' }, { 'content-type': 'application/json' }),
  );
  const result = await createClient(fixture, { baseUrl: url }).Probe();
  expect(result).toMatchObject({ ok: true, status: 203, data: { name: 'a' } });
});
