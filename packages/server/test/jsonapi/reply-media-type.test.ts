import { once } from 'node:events';
import { connect } from 'node:net';
import { JSON_API, ProblemError, problem } from '@contract-first/core';
import {
  expectErrorDocument,
  head,
  rawExchange,
  type ServiceRequest,
  type ServiceResponse,
} from '@contract-first/testing';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { admitting, PROFILE_ID, startService, updateDocument } from '../support/service.ts';
import { expectUnchanged } from '../support/unchanged.ts';

const failure: { thrown: unknown; spoiltReply: boolean } = { thrown: null, spoiltReply: false };

// A request that comes too late takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

/** A service whose store fails on demand. */
const service = await startService({
  wrapStore: (profiles) => ({
    ...profiles,
    async get(id) {
      if (failure.thrown !== null) throw failure.thrown;
      const row = await profiles.get(id);
      return row && failure.spoiltReply ? { ...row, attributes: { ...row.attributes, mood: 'unheard of' } } : row;
    },
  }),
});
afterAll(() => service.close());

const { host, pathname } = new URL(`${service.url}/profiles/${PROFILE_ID}`);
const authorization = `Authorization: Bearer ${service.token()}`;
const text = JSON.stringify(updateDocument({ displayName: 'Jane' }));
const patchLines = [`PATCH ${pathname} HTTP/1.1`, `Host: ${host}`, authorization, `Content-Type: ${JSON_API}`];

/** Sends bytes that are no decent request; closes the sending side afterwards if `half`. */
async function sendBytes(bytes: string | Uint8Array, half = false): Promise<ServiceResponse> {
  return await rawExchange(service, bytes, { half });
}

describe('J13 the body of every refusal by an operation is JSON:API', () => {
  const other = '/profiles/6b1d3c9e-4f5a-4c58-9f4e-0d2f3b7c8a91';
  const refusals: readonly (readonly [name: string, status: number, request: ServiceRequest])[] = [
    ['no token', 401, { token: null }],
    ['a malformed token', 401, { token: 'x' }],
    ['a token without the scope', 403, { token: service.token({ scope: 'openid' }) }],
    ['a token of somebody else', 403, { path: other }],
    ['relationships', 403, { method: 'PATCH', body: updateDocument({}, { relationships: {} }) }],
    ['a read-only attribute', 403, { method: 'PATCH', body: updateDocument({ createdAt: '2000-01-01T00:00:00Z' }) }],
    ['a missing record', 404, { path: other, token: service.token({ scope: 'profiles:read profiles:admin' }) }],
    ['a path of nobody', 404, { path: '/nobody' }],
    ['a malformed id', 404, { path: '/profiles/1' }],
    ['an undecodable path', 404, { path: '/profiles/%zz' }],
    ['a method that is not offered', 405, { method: 'DELETE' }],
    ['Accept', 406, { headers: { accept: 'text/html' } }],
    ['If-Match', 412, { method: 'PATCH', headers: { 'if-match': '"99"' }, body: text }],
    ['a large body', 413, { method: 'PATCH', body: 'x'.repeat(65_537) }],
    ['a long path', 414, { path: `/profiles/${'x'.repeat(9000)}` }],
    ['Content-Type', 415, { method: 'PATCH', headers: { 'content-type': 'text/plain' }, body: text }],
    ['Content-Encoding', 415, { method: 'PATCH', headers: { 'content-encoding': 'gzip' }, body: text }],
    ['an expectation', 417, { method: 'PATCH', headers: { expect: 'wonders' }, body: text }],
    ['no document', 422, { method: 'PATCH', body: '{' }],
    ['an invalid document', 422, { method: 'PATCH', body: updateDocument({ contact: null }) }],
    ['a query parameter', 422, { path: `/profiles/${PROFILE_ID}?include=x` }],
    ['large headers', 431, { headers: { 'x-large': 'x'.repeat(17_000) } }],
  ];

  test.each(refusals)('J13 %s', async (_name, status, request) => {
    const response = await expectUnchanged(service, () => service.send(request));
    expectErrorDocument(response, status);
    if (status === 406) expect(response.headers['vary']).toBe('Accept');
  });
});

describe('J13 the body of every failure is JSON:API and tells nothing of it', () => {
  async function failingWith(thrown: unknown): Promise<ServiceResponse> {
    failure.thrown = thrown;
    try {
      return await service.send();
    } finally {
      failure.thrown = null;
    }
  }

  test.each([
    ['an error', new Error('secret')],
    ['an error with a status of its own', Object.assign(new Error('secret'), { statusCode: 418, headers: { a: 'b' } })],
    [
      'a validation error of the framework',
      Object.assign(new Error('secret'), { validation: [], code: 'FST_ERR_VALIDATION' }),
    ],
    ['a text', 'secret'],
    ['nothing', undefined],
  ])('J13 %s is answered with 501', async (_name, thrown) => {
    const response = await failingWith(thrown);
    expectErrorDocument(response, 501);
    expect(response.text).not.toContain('secret');
  });

  test('J13 an outage is answered with 503', async () => {
    const outage = new ProblemError(problem('serviceUnavailable'), { headers: { 'retry-after': '5' } });
    const response = await failingWith(outage);
    expectErrorDocument(response, 503);
    expect(response.headers['retry-after']).toBe('5');
  });

  test('J13 a reply that would break the contract is answered with 501', async () => {
    failure.spoiltReply = true;
    const response = await service.send();
    failure.spoiltReply = false;
    expectErrorDocument(response, 501);
    expect(service.violations.splice(0)).toHaveLength(1);
  });
});

describe('J13 the body of a refusal by the HTTP parser is JSON:API', () => {
  const get = [`GET ${pathname} HTTP/1.1`, `Host: ${host}`, authorization];
  const chunked = head(...patchLines, 'Transfer-Encoding: chunked');
  const messages: readonly (readonly [name: string, status: number, bytes: string | Uint8Array])[] = [
    ['no HTTP at all', 400, 'hello\r\n\r\n'],
    ['a TLS handshake', 400, new Uint8Array([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03])],
    ['the HTTP/2 preface', 400, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['HTTP of another version', 400, head(`GET ${pathname} HTTP/3.0`, `Host: ${host}`)],
    ['a target with a blank', 400, head(`GET ${pathname} x HTTP/1.1`, `Host: ${host}`)],
    ['no Host', 400, head(`GET ${pathname} HTTP/1.1`, authorization)],
    ['two Hosts', 400, head(...get, `Host: ${host}`)],
    ['a header without a colon', 400, head(...get, 'broken')],
    ['a header name with a blank', 400, head(...get, 'x y: z')],
    ['NUL in a header', 400, head(...get, 'x: a\0b')],
    ['a folded header', 400, head(...get, 'x: a', ' b')],
    ['a negative length', 400, head(...patchLines, 'Content-Length: -1')],
    ['two lengths', 400, `${head(...patchLines, 'Content-Length: 2', 'Content-Length: 3')}{}`],
    ['a length beside chunks', 400, `${head(...patchLines, 'Content-Length: 2', 'Transfer-Encoding: chunked')}{}`],
    ['an unknown transfer coding', 400, `${head(...patchLines, 'Transfer-Encoding: wonder')}{}`],
    ['a malformed chunk', 400, `${chunked}x\r\n{}\r\n0\r\n\r\n`],
    ['a malformed chunk in mid-body', 400, `${chunked}2\r\n{}\r\nx\r\n`],
    ['an unknown method', 405, head(`WONDER ${pathname} HTTP/1.1`, `Host: ${host}`)],
    ['an unknown method on an unknown path', 404, head('WONDER / HTTP/1.1', `Host: ${host}`)],
    ['CONNECT', 404, head(`CONNECT ${host} HTTP/1.1`, `Host: ${host}`)],
    ['TRACE', 405, head(`TRACE ${pathname} HTTP/1.1`, `Host: ${host}`)],
    ['an expectation', 417, head(...patchLines, 'Expect: wonders', 'Content-Length: 2')],
    ['large headers', 431, head(...get, `x: ${'x'.repeat(17_000)}`)],
    ['large chunk extensions', 413, `${chunked}2;${'x'.repeat(20_000)}\r\n{}\r\n0\r\n\r\n`],
  ];

  test.each(messages)('J13 %s', async (_name, status, bytes) => {
    expectErrorDocument(await expectUnchanged(service, () => sendBytes(bytes)), status);
  });

  test('J13 a body that ends early', async () => {
    const bytes = head(...patchLines, `Content-Length: ${text.length + 1}`) + text;
    expectErrorDocument(await expectUnchanged(service, () => sendBytes(bytes, true)), 400);
  });

  test('J13 a request that ends early', async () => {
    expectErrorDocument(await sendBytes(`GET ${pathname} HTT`, true), 400);
  });

  test('J13 rubbish behind a good request: both are answered, the second as a refusal', async () => {
    const socket = connect({ host: '127.0.0.1', port: Number(new URL(service.url).port) });
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.write(head(...get));
    await once(socket, 'data');
    socket.write('rubbish\r\n\r\n');
    await once(socket, 'close');
    const replies = Buffer.concat(chunks)
      .toString('utf8')
      .split(/(?=HTTP\/1\.1 \d)/);
    expect(replies.map((reply) => reply.slice(9, 12))).toEqual(['200', '400']);
    for (const reply of replies) expect(reply).toContain(`content-type: ${JSON_API}\r\n`);
  });
});

test('J13 a request that does not arrive in time is answered with 408 in JSON:API', async () => {
  const impatient = await startService({ server: { requestTimeout: 100 } });
  const bytes = head(...patchLines, `Content-Length: ${text.length}`) + text.slice(1);
  const late = await rawExchange(impatient, bytes.replace(authorization, `Authorization: Bearer ${impatient.token()}`));
  expectErrorDocument(late, 408);
  await impatient.close();
});

test('J13 an authenticator that cannot tell is answered with 503, too many requests with 429, in JSON:API', async () => {
  const unknown = () =>
    Promise.reject(new ProblemError(problem('serviceUnavailable'), { headers: { 'retry-after': '5' } }));
  const orphan = await startService({
    server: { admission: admitting(1) },
    authenticators: { OAuth2: unknown, OIDC: unknown },
  });
  const [unavailable, refused] = [await orphan.send(), await orphan.send()];
  await orphan.close();
  expectErrorDocument(unavailable, 503);
  expectErrorDocument(refused, 429);
  for (const { headers } of [unavailable, refused]) expect(headers['retry-after']).toMatch(/^[1-9][0-9]?$/);
});

describe('J13 replies that are no errors', () => {
  test('J13 200 is JSON:API and varies by Accept', async () => {
    for (const response of [await service.send(), await service.patch({}), await service.send({ method: 'HEAD' })]) {
      expect(response.status).toBe(200);
      expect(response.headers).toMatchObject({ 'content-type': JSON_API, vary: 'Accept' });
    }
  });

  test('J13 a profile in the request adds nothing to the media type of the reply', async () => {
    const headers = { accept: `${JSON_API};profile=x`, 'content-type': `${JSON_API};profile=x` };
    expect((await service.patch({}, { headers })).headers['content-type']).toBe(JSON_API);
  });

  test('J13 a request for another protocol is answered as one of HTTP/1.1', async () => {
    const upgrade = head(
      `GET ${pathname} HTTP/1.1`,
      `Host: ${host}`,
      authorization,
      'Connection: Upgrade, HTTP2-Settings',
      'Upgrade: h2c, websocket',
      'HTTP2-Settings: AAMAAABkAAQAAP__',
    );
    const response = await rawExchange(service, upgrade);
    expect([response.status, response.headers['content-type']]).toEqual([200, JSON_API]);
  });

  test('J13 without a body there is no Content-Type', async () => {
    const etag = (await service.send()).headers['etag'];
    const unmodified = await service.send({ headers: { 'if-none-match': etag } });
    const options = await service.send({ method: 'OPTIONS' });
    for (const [response, status] of [
      [unmodified, 304],
      [options, 200],
    ] as const) {
      expect([response.status, response.text, response.headers['content-type']]).toEqual([status, '', undefined]);
    }
  });
});
