import { METHODS } from 'node:http';
import { JSON_API } from '@contract-first/core';
import {
  exchangeBytes,
  expectRefusal,
  expectStandardHeaders,
  openConnection,
  requestHead,
  type WireResponse,
} from '@contract-first/testing';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { profileContract } from '../support/profile-contract.ts';
import { BASE_PATH, PROFILE_PATH, patchLines } from '../support/requests.ts';
import { startService, updateDocument } from '../support/service.ts';
import { expectUnchanged } from '../support/unchanged.ts';

const service = await startService();
afterAll(() => service.close());

const ALLOW = 'GET, HEAD, OPTIONS, PATCH';

function expectNotAllowed(reply: WireResponse): void {
  expectRefusal(reply, 405, 'method-not-allowed');
  expect(reply.headers).toMatchObject({ allow: ALLOW, 'accept-patch': JSON_API });
}

describe('H1 a method that a path does not offer', () => {
  const known = METHODS.filter((name) => !ALLOW.split(', ').includes(name));
  const unknown = ['BREW', 'FOO', 'get', 'patch', 'Patch', 'PATCHES', 'X', '!#$%&', 'SET-PROFILE'];

  test.each([...known, ...unknown])('H1 %s is refused with 405 and Allow, without and with a token', async (method) => {
    const calls = service.storeCalls.count;
    expectNotAllowed(await exchangeBytes(service.url, requestHead(method, PROFILE_PATH)));
    expectNotAllowed(await exchangeBytes(service.url, requestHead(method, PROFILE_PATH, ...patchLines(service))));
    expect(service.storeCalls.count).toBe(calls);
  });

  test.each(['PUT', 'POST', 'DELETE'])('H1 %s with a valid document changes nothing', async (method) => {
    const body = JSON.stringify(updateDocument({ displayName: 'Changed' }));
    const start = requestHead(method, PROFILE_PATH, ...patchLines(service), `content-length: ${body.length}`);
    expectNotAllowed(await expectUnchanged(service, () => exchangeBytes(service.url, start, body)));
  });

  test.each(['POST', 'PUT', 'DELETE', 'TRACE', 'QUERY', 'PROPFIND', 'BREW', 'CONNECT', 'OPTIONS', 'PATCH', 'GET'])(
    'H1 %s to a path that the contract does not have is refused with 404, without Allow',
    async (method) => {
      const reply = await exchangeBytes(service.url, requestHead(method, `${BASE_PATH}/people/1`));
      expectRefusal(reply, 404, 'not-found');
      expect(reply.headers).not.toHaveProperty('allow');
    },
  );

  test('H1 every token is a method: none is answered with anything but 405, or its own operation', async () => {
    const letters = [..."!#$%&'*+-.^_`|~0123456789ABCXYZabcxyz"];
    const token = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 20 });
    const offered = new Set(ALLOW.split(', '));
    const method = token.filter((candidate) => !offered.has(candidate));
    await fc.assert(
      fc.asyncProperty(method, async (name) =>
        expectNotAllowed(await exchangeBytes(service.url, requestHead(name, PROFILE_PATH))),
      ),
      { numRuns: 100 },
    );
  });

  test('H1 the refused method is that of the request at fault, not of one before it on the connection', async () => {
    const connection = await openConnection(service.url);
    const elsewhere = requestHead('GET', '/nowhere');
    await connection.send(elsewhere, requestHead('BREW', PROFILE_PATH));
    expectRefusal(await connection.next(), 404, 'not-found');
    expectNotAllowed(await connection.next());
    expect(await connection.rest()).toBe('');
  });

  test('H1 an unknown method right after the body of another request', async () => {
    const connection = await openConnection(service.url);
    const body = '{"a": {}}';
    await connection.send(
      requestHead('PATCH', PROFILE_PATH, `content-length: ${body.length}`),
      body,
      requestHead('BREW', PROFILE_PATH),
    );
    expectRefusal(await connection.next(), 401, 'missing-token');
    expectNotAllowed(await connection.next());
    expect(await connection.rest()).toBe('');
  });
});

describe('H2 OPTIONS', () => {
  test.each([null, undefined])('H2 tells Allow and Accept-Patch, with token %s', async (token) => {
    const calls = service.storeCalls.count;
    const reply = await service.send({ method: 'OPTIONS', ...(token === null && { token }) });
    expect(reply).toMatchObject({ status: 200, text: '', headers: { allow: ALLOW, 'accept-patch': JSON_API } });
    expect(reply.headers['content-length']).toBe('0');
    expect(reply.headers).not.toHaveProperty('content-type');
    expectStandardHeaders(reply);
    expect(service.storeCalls.count).toBe(calls);
  });

  test('H2 what Allow lists is what the contract offers', async () => {
    const { headers } = await service.send({ method: 'OPTIONS' });
    const declared = Object.values((await profileContract()).operations).map(({ method }) => method.toUpperCase());
    expect(new Set(headers['allow']?.split(', '))).toEqual(new Set([...declared, 'HEAD', 'OPTIONS']));
  });
});

describe('H3 HEAD', () => {
  const variants: readonly (readonly [name: string, target: string, lines: () => readonly string[]])[] = [
    ['a record', PROFILE_PATH, () => [auth()]],
    ['an unchanged record', PROFILE_PATH, () => [auth(), 'if-none-match: *']],
    ['a stale precondition', PROFILE_PATH, () => [auth(), 'if-match: "999"']],
    ['no token', PROFILE_PATH, () => []],
    ['an unacceptable media type', PROFILE_PATH, () => [auth(), 'accept: text/html']],
    ['an unknown parameter', `${PROFILE_PATH}?include=x`, () => [auth()]],
    ['an unknown path', '/nowhere', () => []],
    ['an undecodable path', `${BASE_PATH}/profiles/%zz`, () => [auth()]],
    ['another id', `${BASE_PATH}/profiles/11111111-1111-4111-8111-111111111111`, () => [auth()]],
  ];

  test.each(variants)(
    'H3 answers like GET in status and every header, without a body: %s',
    async (_name, target, lines) => {
      const [head, get] = await Promise.all([answer('HEAD', target, lines()), answer('GET', target, lines())]);
      expect(head.body).toBe('');
      expect(head.status).toBe(get.status);
      expect(varying(head)).toEqual(varying(get));
      expect(Object.keys(head.headers).sort()).toEqual(Object.keys(get.headers).sort());
    },
  );

  function auth(): string {
    return `authorization: Bearer ${service.token()}`;
  }

  /** The connection ends after the reply, so that a body after the answer to HEAD would be seen. */
  async function answer(method: string, target: string, lines: readonly string[]): Promise<WireResponse> {
    const connection = await openConnection(service.url);
    await connection.send(requestHead(method, target, ...lines, 'connection: close', 'x-request-id: head-and-get'));
    const reply = await connection.next({ bodiless: method === 'HEAD' });
    return { ...reply, body: reply.body + (await connection.rest()) };
  }

  function varying({ headers: { date: _date, ...headers } }: WireResponse): Readonly<Record<string, string>> {
    return headers;
  }
});
