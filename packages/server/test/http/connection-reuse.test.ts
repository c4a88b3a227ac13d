import { JSON_API } from '@contract-first/core';
import {
  type Connection,
  chunked,
  expectRefusal,
  openConnection,
  requestHead,
  type WireResponse,
} from '@contract-first/testing';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { getRequest, PROFILE_PATH, patchRequest } from '../support/requests.ts';
import { PROFILE_ID, startService } from '../support/service.ts';
import { expectUnchanged, settle } from '../support/unchanged.ts';

const service = await startService();
/** Its store answers only once the gate is open. */
const gate = { opened: Promise.resolve() };
const slow = await startService({
  wrapStore: (profiles) => ({
    ...profiles,
    get: (id) => gate.opened.then(() => profiles.get(id)),
    patch: (...change) => gate.opened.then(() => profiles.patch(...change)),
  }),
});
afterAll(() => Promise.all([service.close(), slow.close()]));

/** Holds the store of the slow service back until the returned function is called. */
function closeGate(): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  gate.opened = promise;
  return resolve;
}

const authorization = (): string => `authorization: Bearer ${service.token()}`;
const contentType = `content-type: ${JSON_API}`;
const otherPath = PROFILE_PATH.replace(PROFILE_ID, '11111111-1111-4111-8111-111111111111');

interface Refusal {
  readonly status: number;
  readonly method: string;
  readonly path: string;
  readonly lines: () => readonly string[];
}

const refusals: readonly Refusal[] = [
  { status: 401, method: 'PATCH', path: PROFILE_PATH, lines: () => [contentType] },
  { status: 403, method: 'PATCH', path: PROFILE_PATH, lines: () => [readOnly(), contentType] },
  { status: 403, method: 'PATCH', path: otherPath, lines: () => [authorization(), contentType] },
  { status: 404, method: 'PATCH', path: '/nowhere', lines: () => [authorization(), contentType] },
  { status: 405, method: 'POST', path: PROFILE_PATH, lines: () => [authorization(), contentType] },
  { status: 405, method: 'DELETE', path: PROFILE_PATH, lines: () => [] },
  {
    status: 406,
    method: 'PATCH',
    path: PROFILE_PATH,
    lines: () => [authorization(), contentType, 'accept: text/html'],
  },
  {
    status: 415,
    method: 'PATCH',
    path: PROFILE_PATH,
    lines: () => [authorization(), 'content-type: application/json'],
  },
  {
    status: 415,
    method: 'PATCH',
    path: PROFILE_PATH,
    lines: () => [authorization(), contentType, 'content-encoding: br'],
  },
  { status: 414, method: 'PATCH', path: `${PROFILE_PATH}?${'x'.repeat(9000)}`, lines: () => [] },
  { status: 200, method: 'GET', path: PROFILE_PATH, lines: () => [authorization()] },
  { status: 200, method: 'OPTIONS', path: PROFILE_PATH, lines: () => [] },
];

function readOnly(): string {
  return `authorization: Bearer ${service.token({ scope: 'profiles:read' })}`;
}

/** A request that is answered without its body being read. */
function unread({ method, path, lines }: Refusal, body: string, isChunked: boolean): string {
  const framing = isChunked ? 'transfer-encoding: chunked' : `content-length: ${Buffer.byteLength(body)}`;
  return requestHead(method, path, ...lines(), 'x-request-id: first', framing) + (isChunked ? chunked(body) : body);
}

/** The replies to two requests of one connection; the second one closes it, so that a third reply would be seen. */
async function twoReplies(connection: Connection): Promise<readonly [WireResponse, WireResponse]> {
  const replies = [await connection.next(), await connection.next()] as const;
  expect(replies.map(({ headers }) => headers['x-request-id'])).toEqual(['first', 'second']);
  expect(await connection.rest()).toBe('');
  return replies;
}

const second = (): string => getRequest(service, 'x-request-id: second', 'connection: close');

describe('D10 a body that was not read is no request', () => {
  const cases = refusals.flatMap((refusal, index) => [
    { ...refusal, name: `case ${index + 1}`, isChunked: false },
    { ...refusal, name: `case ${index + 1}`, isChunked: true },
  ]);

  test.each(cases)(
    'D10 after $status to $method ($name, chunked: $isChunked) the connection goes on',
    async (refusal) => {
      await expectUnchanged(service, async () => {
        const smuggled = patchRequest(service, { motto: 'Smuggled' }, 'x-request-id: smuggled');
        const connection = await openConnection(service.url);
        await connection.send(unread(refusal, smuggled, refusal.isChunked), second());
        const [reply, next] = await twoReplies(connection);
        expect([reply.status, next.status]).toEqual([refusal.status, 200]);
      });
    },
  );

  test('D10 whatever the body holds, and however it is cut into packets', async () => {
    const piece = fc.constantFrom(
      'GET / HTTP/1.1\r\n',
      '\r\n',
      '\r\n\r\n',
      '0\r\n\r\n',
      'host: a\r\n',
      '{',
      '\0',
      'ü',
      'HTTP/1.1 200 OK',
    );
    const body = fc.array(piece, { minLength: 1, maxLength: 20 }).map((pieces) => pieces.join(''));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...refusals),
        body,
        fc.boolean(),
        fc.nat(),
        async (refusal, text, isChunked, at) => {
          const connection = await openConnection(service.url);
          const bytes = Buffer.from(unread(refusal, text, isChunked) + second());
          await connection.send(bytes.subarray(0, at % bytes.length));
          await connection.send(bytes.subarray(at % bytes.length));
          const [reply, next] = await twoReplies(connection);
          expect([reply.status, next.status]).toEqual([refusal.status, 200]);
        },
      ),
      { numRuns: 100 },
    );
  });

  test.each(['content-length: 70000', 'transfer-encoding: chunked'])(
    'H6 after 413 the connection is closed: what follows is not answered (%s)',
    async (framing) => {
      await expectUnchanged(service, async () => {
        const connection = await openConnection(service.url);
        const body = 'x'.repeat(70_000);
        const start = requestHead('PATCH', PROFILE_PATH, authorization(), contentType, framing);
        await connection.send(
          start,
          framing.startsWith('transfer') ? chunked(body) : body,
          patchRequest(service, { motto: 'After' }),
        );
        expectRefusal(await connection.next(), 413, 'content-too-large');
        expect(await connection.rest()).toBe('');
        await settle(service);
      });
    },
  );

  test('D10 a fault in a body whose request has been answered closes the connection without a second reply', async () => {
    const connection = await openConnection(service.url);
    await connection.send(requestHead('PATCH', PROFILE_PATH, contentType, 'transfer-encoding: chunked'));
    expectRefusal(await connection.next(), 401, 'missing-token');
    await connection.send('not a chunk\r\n');
    expect(await connection.rest()).toBe('');
  });
});

describe('requests that are sent without waiting for replies', () => {
  test('D8 are answered one after the other, each with its own reply', async () => {
    const connection = await openConnection(service.url);
    const requests = Array.from({ length: 40 }, (_, index) => {
      const id = `x-request-id: ${index}`;
      return index % 4 === 3
        ? requestHead('DELETE', '/nowhere', id)
        : index % 2 === 0
          ? getRequest(service, id)
          : patchRequest(service, { displayName: `Name ${index}` }, id);
    });
    await connection.send(...requests);
    for (let index = 0; index < 40; index += 1) {
      const reply = await connection.next();
      expect([reply.headers['x-request-id'], reply.status]).toEqual([String(index), index % 4 === 3 ? 404 : 200]);
      if (index % 4 === 1) expect(reply.body).toContain(`"displayName":"Name ${index}"`);
    }
    connection.destroy();
  });

  test('H18 changes that are sent on one connection without waiting are made in their order', async () => {
    const version = (await service.profiles.get(PROFILE_ID))?.version ?? 0;
    const connection = await openConnection(service.url);
    const names = Array.from({ length: 30 }, (_, index) => `Name ${index}`);
    await connection.send(...names.map((displayName) => patchRequest(service, { displayName })));
    const tags: string[] = [];
    for (const displayName of names) {
      const reply = await connection.next();
      expect(JSON.parse(reply.body)).toMatchObject({ data: { attributes: { displayName } } });
      tags.push(reply.headers['etag'] ?? '');
    }
    connection.destroy();
    expect(tags).toEqual(names.map((_, index) => `"${version + index + 1}"`));
    expect((await service.profiles.get(PROFILE_ID))?.attributes['displayName']).toBe('Name 29');
  });

  test.each([
    ['bytes that are not HTTP', () => 'rubbish\r\n\r\n', 400],
    ['CONNECT', () => requestHead('CONNECT', 'api.example:443'), 404],
    ['an unknown method', () => requestHead('BREW', PROFILE_PATH), 405],
    ['a header section that is too large', () => requestHead('GET', PROFILE_PATH, `x: ${'x'.repeat(20_000)}`), 431],
    ['an expectation', () => getRequest(service, 'expect: more'), 417],
    ['two Hosts', () => requestHead('GET', PROFILE_PATH, 'host: a', 'host: b'), 400],
    ['a broken body', () => `${requestHead('PATCH', PROFILE_PATH, 'transfer-encoding: chunked')}x\r\n`, 400],
  ])(
    'D8 %s after two slow requests: these keep their replies, then comes the refusal',
    async (_name, request, status) => {
      const openGate = closeGate();
      const connection = await openConnection(slow.url);
      const change = patchRequest(slow, { displayName: 'Kept' }, 'x-request-id: first');
      await connection.send(change, getRequest(slow, 'x-request-id: second'), request());
      openGate();
      const replies = [await connection.next(), await connection.next(), await connection.next()];
      expect(replies.map((reply) => reply.status)).toEqual([200, 200, status]);
      expect(replies.slice(0, 2).map(({ headers }) => headers['x-request-id'])).toEqual(['first', 'second']);
      expect(await connection.rest()).toBe('');
    },
  );

  test('D10 a connection with more than a hundred of them unanswered is dropped, and none that waits is carried out', async () => {
    const openGate = closeGate();
    const before = slow.storeCalls.count;
    const connection = await openConnection(slow.url);
    await connection.send(...Array<string>(101).fill(patchRequest(slow, { displayName: 'Crowd' })));
    expect(await connection.rest()).toBe('');
    openGate();
    await settle(slow);
    // The first one, which the store may have begun with, and the one that was just sent.
    expect(slow.storeCalls.count - before).toBeLessThanOrEqual(2);
  });

  test('D8 after a reply that closes the connection, what was sent behind it is not answered', async () => {
    await expectUnchanged(service, async () => {
      const connection = await openConnection(service.url);
      await connection.send(getRequest(service, 'connection: close'), patchRequest(service, { motto: 'Behind' }));
      expect((await connection.next()).status).toBe(200);
      expect(await connection.rest()).toBe('');
      await settle(service);
    });
  });
});
