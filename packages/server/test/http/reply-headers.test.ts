import { ProblemError, problem } from '@contract-first/core';
import {
  exchangeBytes,
  expectStandardHeaders,
  openConnection,
  requestHead,
  type WireResponse,
} from '@contract-first/testing';
import { afterAll, describe, expect, test } from 'vitest';
import { getRequest, PROFILE_PATH, patchLines, patchRequest } from '../support/requests.ts';
import { admitting, startService } from '../support/service.ts';

const service = await startService();
/** Its store fails in the way that the test wants. */
const failing = { error: new Error() };
const broken = await startService({
  wrapStore: (profiles) => ({ ...profiles, get: () => Promise.reject(failing.error) }),
});
const limited = await startService({ server: { admission: admitting(1) } });
const hurried = await startService({ server: { requestTimeout: 100 } });
afterAll(() => Promise.all([service, broken, limited, hurried].map((each) => each.close())));

const patch = (...lines: readonly string[]): string =>
  requestHead('PATCH', PROFILE_PATH, ...patchLines(service), ...lines);

function failWith(error: Error): Promise<WireResponse> {
  failing.error = error;
  return exchangeBytes(broken.url, getRequest(broken));
}

/** One request for each kind of answer that there is. */
const answers: Readonly<Record<number, readonly (() => Promise<WireResponse>)[]>> = {
  200: [
    () => exchangeBytes(service.url, getRequest(service)),
    () => exchangeBytes(service.url, patchRequest(service, { displayName: 'Headers' })),
    () => exchangeBytes(service.url, requestHead('OPTIONS', PROFILE_PATH)),
  ],
  304: [() => exchangeBytes(service.url, getRequest(service, 'if-none-match: *'))],
  400: [
    () => exchangeBytes(service.url, 'rubbish\r\n\r\n'),
    () => exchangeBytes(service.url, getRequest(service, 'host: a', 'host: b')),
  ],
  401: [
    () => exchangeBytes(service.url, requestHead('GET', PROFILE_PATH)),
    () => exchangeBytes(service.url, requestHead('GET', PROFILE_PATH, 'authorization: Bearer x')),
  ],
  403: [
    () =>
      exchangeBytes(
        service.url,
        requestHead('GET', PROFILE_PATH, `authorization: Bearer ${service.token({ scope: '' })}`),
      ),
  ],
  404: [
    () => exchangeBytes(service.url, requestHead('GET', '/nowhere')),
    () => exchangeBytes(service.url, requestHead('GET', '/%zz')),
    () => exchangeBytes(service.url, requestHead('CONNECT', 'a:1')),
  ],
  405: [
    () => exchangeBytes(service.url, requestHead('DELETE', PROFILE_PATH)),
    () => exchangeBytes(service.url, requestHead('BREW', PROFILE_PATH)),
    () => exchangeBytes(service.url, requestHead('CONNECT', PROFILE_PATH)),
  ],
  406: [() => exchangeBytes(service.url, getRequest(service, 'accept: text/html'))],
  408: [() => exchangeBytes(hurried.url, `GET ${PROFILE_PATH} HTTP/1.1\r\n`)],
  412: [() => exchangeBytes(service.url, getRequest(service, 'if-match: "0"'))],
  413: [() => exchangeBytes(service.url, patch('content-length: 70000'))],
  414: [() => exchangeBytes(service.url, requestHead('GET', `/${'x'.repeat(9000)}`))],
  415: [
    () =>
      exchangeBytes(
        service.url,
        requestHead('PATCH', PROFILE_PATH, `authorization: Bearer ${service.token()}`, 'content-length: 1'),
      ),
  ],
  417: [() => exchangeBytes(service.url, getRequest(service, 'expect: more'))],
  422: [() => exchangeBytes(service.url, patch('content-length: 2'), '{}')],
  429: [
    () =>
      exchangeBytes(limited.url, requestHead('GET', PROFILE_PATH)).then(() =>
        exchangeBytes(limited.url, requestHead('GET', PROFILE_PATH)),
      ),
  ],
  431: [() => exchangeBytes(service.url, getRequest(service, `x: ${'x'.repeat(20_000)}`))],
  501: [
    () => failWith(new Error('connection string postgres://user:secret@db')),
    () => failWith(Object.assign(new TypeError('secret'), { code: '22P02', statusCode: 418, status: 200 })),
  ],
  503: [
    () =>
      failWith(
        new ProblemError(problem('serviceUnavailable'), {
          headers: { 'retry-after': '5' },
          cause: new Error('secret'),
        }),
      ),
  ],
};

describe('H19 every kind of answer', () => {
  const cases = Object.entries(answers).flatMap(([status, requests]) =>
    requests.map((request, index) => ({ status: Number(status), variant: index + 1, request })),
  );

  test.each(cases)(
    'H19 $status ($variant) is not stored by caches, not sniffed, and tells nothing of the server',
    async ({ status, request }) => {
      const reply = await request();
      expect(reply.status).toBe(status);
      expectStandardHeaders(reply);
      expect(reply.headers['cache-control']).toBe('no-store');
      expectNothingOfTheInside(reply);
    },
  );

  test('H19, D8 these are all the statuses that there are', () => {
    const named = [400, 405, 408, 412, 413, 414, 417, 429, 431, 503];
    const published = [200, 304, 401, 403, 404, 406, 412, 415, 422, 501];
    expect(Object.keys(answers).map(Number)).toEqual([...new Set([...published, ...named])].sort((a, b) => a - b));
  });

  test('H19 an unexpected failure tells its id and nothing else, and the log finds the cause by it', async () => {
    const reply = await failWith(new Error('secret of the failure'));
    const id = reply.headers['x-request-id'] ?? '';
    expect(JSON.parse(reply.body)).toEqual({
      errors: [
        {
          id,
          status: '501',
          code: 'internal-error',
          title: 'Internal server error',
          detail: 'The request could not be carried out because of an unexpected failure.',
        },
      ],
    });
    expect(broken.logLines.filter((line) => line.includes(id)).join()).toContain('secret of the failure');
  });

  /** No stack trace, no message of an error, no name of a part, no version. */
  function expectNothingOfTheInside({ headers, body }: WireResponse): void {
    const text = JSON.stringify(headers) + body;
    expect(text).not.toMatch(
      /secret|node_modules|\.[jt]s\b|\\n +at |fastify|node\/|postgres|pglite|ajv|FST_|HPE_|TypeError/i,
    );
    expect(text).not.toMatch(/\b(?:express|undici|llhttp|v\d+\.\d+)/i);
  }
});

describe('H19 the request id', () => {
  test('H19 is that of the caller if it is harmless, and another one otherwise', async () => {
    const given = await service.send({ headers: { 'x-request-id': 'Call_er-1.~+/=' } });
    expect(given.headers['x-request-id']).toBe('Call_er-1.~+/=');
    for (const hostile of ['a b', 'a"b', '<script>', 'ü', 'a'.repeat(129), '', 'a,b', '$(x)']) {
      const reply = await service.send({ headers: { 'x-request-id': hostile } });
      expect(reply.status).toBe(200);
      expect(reply.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  test('H19 two of them are not mixed into one', async () => {
    const connection = await openConnection(service.url);
    await connection.send(getRequest(service, 'x-request-id: one', 'x-request-id: two', 'connection: close'));
    expect((await connection.next()).headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(await connection.rest()).toBe('');
  });
});
