import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { createClient, UndeclaredResponseError } from '../src/index.ts';
import { fixture } from './support/fixture.ts';
import { problem, reply, serve, thing } from './support/server.ts';

const secret = 'secret-of-the-body';

async function getThing(answer: (response: ServerResponse) => void): Promise<unknown> {
  const { url } = await serve(answer);
  return createClient(fixture, { baseUrl: url }).GetThing({ path: { thingId: '1' } });
}

test.each([
  [
    'a status that is not declared',
    500,
    'application/vnd.api+json',
    JSON.stringify(problem),
    'status',
    'application/vnd.api+json',
  ],
  [
    'a success that is not declared',
    201,
    'application/vnd.api+json',
    JSON.stringify(thing),
    'status',
    'application/vnd.api+json',
  ],
  ['another media type', 200, 'Text/HTML; charset=utf-8', `<p>${secret}</p>`, 'media-type', 'text/html'],
  ['another media type of an error', 401, 'text/html', `<p>${secret}</p>`, 'media-type', 'text/html'],
  ['broken JSON', 200, 'application/vnd.api+json', `{"data":"${secret}`, 'body', 'application/vnd.api+json'],
  ['broken JSON of an error', 401, 'application/vnd.api+json', secret, 'body', 'application/vnd.api+json'],
  ['an empty error', 401, 'application/vnd.api+json', '', 'body', 'application/vnd.api+json'],
  ['an empty error without a media type', 401, null, '', 'media-type', null],
  [
    'invalid UTF-8',
    200,
    'application/vnd.api+json',
    Buffer.from('7b2261223a22ff227d', 'hex'),
    'body',
    'application/vnd.api+json',
  ],
])('%s is an error without the body', async (_name, status, contentType, body, reason, mediaType) => {
  const promise = getThing((response) => {
    response.writeHead(status, { etag: '"1"', ...(contentType !== null && { 'content-type': contentType }) });
    response.end(body);
  });
  const error = await promise.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(UndeclaredResponseError);
  expect(error).toMatchObject({ code: 'undeclared-response', operationId: 'GetThing', reason, status, mediaType });
  expect(error).not.toHaveProperty('cause');
  expect(String(error)).not.toContain(secret);
});

test('a body where none is declared is an error', async () => {
  const { url } = await serve((response) => reply(response, 202, thing));
  const promise = createClient(fixture, { baseUrl: url }).DeleteThing({ path: { thingId: '1' } });
  await expect(promise).rejects.toMatchObject({ code: 'undeclared-response', reason: 'body', status: 202 });
});

test('default does not stand for a success where another one is declared', async () => {
  const { url } = await serve((response) => reply(response, 206, 'a', { 'content-type': 'text/plain' }));
  const promise = createClient(fixture, { baseUrl: url }).ListThings();
  await expect(promise).rejects.toMatchObject({ code: 'undeclared-response', reason: 'status', status: 206 });
});

test('what is not declared is refused without validation too', async () => {
  const { url } = await serve((response) => reply(response, 500, problem));
  const promise = createClient(fixture, { baseUrl: url, validate: false }).GetThing({ path: { thingId: '1' } });
  await expect(promise).rejects.toMatchObject({ code: 'undeclared-response' });
});
