import { METHODS } from 'node:http';
import { JSON_API } from '@contract-first/core';
import { expectErrorDocument, rawExchange, type ServiceResponse } from '@contract-first/testing';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { profileContract } from '../support/profile-contract.ts';
import { EXAMPLE_ATTRIBUTES, PROFILE_ID, startService, updateDocument } from '../support/service.ts';

const service = await startService();
afterAll(() => service.close());

/** What the server may answer beyond the contract's own statuses. */
const SERVERS_OWN = [400, 405, 408, 412, 413, 414, 417, 429, 431, 503];
const { operations } = await profileContract();
const DECLARED = Object.values(operations).flatMap(({ responses }) => Object.keys(responses).map(Number));
/** None of the requests below is a reason for an outage or an unexpected failure. */
const allowed = new Set([...DECLARED, ...SERVERS_OWN].filter((status) => status < 500));

function expectAllowed(response: ServiceResponse, method: string): void {
  expect(allowed).toContain(response.status);
  if (response.status < 400) expect(response.text === '' || response.body.data.id === PROFILE_ID).toBe(true);
  // Where the HTTP parser stops, it does not tell the method.
  else if (method === 'HEAD' && response.status !== 400) expect(response.text).toBe('');
  else if (method === 'HEAD' && response.text === '') expect(response.headers['content-type']).toBe(JSON_API);
  else expectErrorDocument(response, response.status);
}

let tokens: readonly string[];

beforeEach(() => {
  const other = '7f3f3a31-6f0b-4a5e-8d1c-3d2f9b6c1a20';
  const claims = [
    {},
    { sub: other },
    { scope: '' },
    { isExpired: true },
    { sub: 'x', scope: 'profiles:admin profiles:read' },
  ];
  tokens = [...claims.map((claim) => `Bearer ${service.token(claim)}`), 'Bearer x', 'Basic eDp5', 'Bearer', '\xff'];
});

const OWN_PATH = `/people/v1/profiles/${PROFILE_ID}`;

/** Printable, so that it is one header value and one request target. */
const visible = fc.string({ unit: fc.constantFrom(...'aZ0 %/?#&=;,"\\*+.:<>{}[]|^`~$\'()!@é\xff'), maxLength: 24 });
const word = visible.map((text) => text.replaceAll(' ', ''));

const method = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('GET', 'PATCH', 'HEAD') },
  { weight: 2, arbitrary: fc.constantFrom(...METHODS.filter((name) => name !== 'CONNECT')) },
  { weight: 1, arbitrary: fc.constantFrom('get', 'Patch', 'FOO', 'X-Y', "A'B") },
);

const target = fc.oneof(
  { weight: 6, arbitrary: fc.constant(OWN_PATH) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('?', '?a=b', '?include', '/', '//', '%00', '%', '%2F', '#a')
      .map((end) => OWN_PATH + end),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('/', '*', '//', '/profiles', '/people/v1', `/profiles/${PROFILE_ID}`, 'http://x/y'),
  },
  { weight: 2, arbitrary: word.map((text) => `/people/v1/profiles/${text}`) },
  { weight: 1, arbitrary: word.map((text) => `/${text}`) },
);

const header = fc.oneof(
  fc.tuple(
    fc.constantFrom('Accept', 'Content-Type'),
    fc.constantFrom(JSON_API, '*/*', `${JSON_API};ext=x`, 'text/html'),
  ),
  fc.tuple(
    fc.constantFrom('If-Match', 'If-None-Match'),
    fc.constantFrom('*', '"1"', 'W/"1"', '"1", "2"', '1', '"', '"99999999999"'),
  ),
  fc.tuple(fc.constantFrom('Content-Encoding', 'Transfer-Encoding'), fc.constantFrom('gzip', 'identity', 'br, gzip')),
  fc.tuple(fc.constantFrom('Expect', 'Upgrade', 'Range', 'TE', 'X-Request-Id', 'X-HTTP-Method-Override'), visible),
  fc.tuple(fc.constantFrom('Accept', 'Content-Type', 'If-Match', 'Origin', 'Cookie', 'Host', 'Forwarded'), visible),
  fc.tuple(fc.constantFrom('Expect', 'Connection'), fc.constantFrom('100-continue', 'upgrade', 'keep-alive')),
);

const attributeValue = fc.oneof(
  fc.jsonValue({ maxDepth: 2, stringUnit: 'binary' }),
  fc.constantFrom<unknown>('\0', '\ud800', '2021-09-01T23:12:56Z', '9999-12-31', 'x'.repeat(300), 1e308, null),
);
const document = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .dictionary(fc.constantFrom(...Object.keys(EXAMPLE_ATTRIBUTES), 'createdAt', 'x', '__proto__'), attributeValue, {
        maxKeys: 4,
      })
      .map((attributes) => JSON.stringify(updateDocument(attributes))),
  },
  { weight: 2, arbitrary: fc.json({ stringUnit: 'binary' }) },
  { weight: 2, arbitrary: fc.string({ maxLength: 40 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('', ' '.repeat(70_000), '['.repeat(60_000), `{"data":${'{"data":'.repeat(5000)}`),
  },
);
const body = fc.oneof(
  { weight: 4, arbitrary: document.map((text) => Buffer.from(text)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
);
/** How long the body is said to be: never more than it is, or the server would wait for the rest. */
const framing = fc.oneof(
  { weight: 6, arbitrary: fc.constant('right' as const) },
  { weight: 1, arbitrary: fc.constantFrom('none' as const, 'chunked' as const, 'zero' as const, 'nonsense' as const) },
);

function frame(
  kind: 'right' | 'none' | 'chunked' | 'zero' | 'nonsense',
  bytes: Buffer,
): [lines: string[], body: Buffer] {
  if (kind === 'none') return [[], Buffer.alloc(0)];
  if (kind === 'zero') return [['Content-Length: 0'], Buffer.alloc(0)];
  if (kind === 'nonsense') return [['Content-Length: 1x'], bytes];
  if (kind === 'right') return [[`Content-Length: ${bytes.length}`], bytes];
  const start = Buffer.from(bytes.length > 0 ? `${bytes.length.toString(16)}\r\n` : '');
  const end = Buffer.from(bytes.length > 0 ? '\r\n0\r\n\r\n' : '0\r\n\r\n');
  return [['Transfer-Encoding: chunked'], Buffer.concat([start, bytes, end])];
}

describe('D8 no status leaves the server that is not named', () => {
  test('D8 whatever the request is', async () => {
    const seen = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          method,
          target,
          headers: fc.array(header, { maxLength: 3 }),
          credentials: fc.nat(9),
          framing,
          body,
        }),
        async (request) => {
          const [lines, payload] = frame(request.framing, request.body);
          const credentials = tokens[request.credentials];
          const top = [
            `${request.method} ${request.target} HTTP/1.1`,
            'Host: localhost',
            'Connection: close',
            ...(credentials === undefined ? [] : [`Authorization: ${credentials}`]),
            ...(request.method === 'PATCH' ? [`Content-Type: ${JSON_API}`] : []),
            ...request.headers.map(([name, value]) => `${name}: ${value}`),
            ...lines,
          ];
          const bytes = Buffer.concat([Buffer.from(`${top.join('\r\n')}\r\n\r\n`, 'latin1'), payload]);
          const response = await rawExchange(service, bytes);
          seen.set(response.status, (seen.get(response.status) ?? 0) + 1);
          expectAllowed(response, request.method);
        },
      ),
      { numRuns: 600 },
    );
    // Requests of which all end in the same place would prove little.
    expect(seen.size).toBeGreaterThan(6);
  });

  test('D8 whatever the document is', async () => {
    const seen = new Set<number>();
    await fc.assert(
      fc.asyncProperty(document, async (text) => {
        const response = await service.send({ method: 'PATCH', body: text });
        seen.add(response.status);
        // The bytes are HTTP: a fault of the document is never 400.
        expect([200, 403, 413, 422]).toContain(response.status);
        expectAllowed(response, 'PATCH');
      }),
      { numRuns: 200 },
    );
    expect([...seen]).toEqual(expect.arrayContaining([422]));
  });

  test('D8 whatever the bytes are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 60 }), async (noise) => {
        // A request line and its end make sure that the server has something to answer.
        const bytes = Buffer.concat([
          Buffer.from(`GET ${OWN_PATH} HTTP/1.1\r\nConnection: close\r\n`),
          noise,
          Buffer.from('\r\n\r\n'),
        ]);
        expectAllowed(await rawExchange(service, bytes), 'GET');
      }),
      { numRuns: 100 },
    );
  });
});
