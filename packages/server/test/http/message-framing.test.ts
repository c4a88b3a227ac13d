import { chunked, exchangeBytes, expectRefusal, openConnection, requestHead } from '@contract-first/testing';
import { afterAll, describe, expect, test } from 'vitest';
import { PROFILE_PATH, patchLines, patchRequest } from '../support/requests.ts';
import { PROFILE_ID, startService, updateDocument } from '../support/service.ts';
import { expectUnchanged, settle } from '../support/unchanged.ts';

const service = await startService();
afterAll(() => service.close());

const document = JSON.stringify(updateDocument({ displayName: 'Framed' }));
const length = Buffer.byteLength(document);

function patch(...lines: readonly string[]): string {
  return requestHead('PATCH', PROFILE_PATH, ...patchLines(service), ...lines);
}

describe('D8, H11 a body of which it is in doubt where it ends', () => {
  test.each([
    ['both headers', [`content-length: ${length}`, 'transfer-encoding: chunked'], chunked(document)],
    ['both headers, the other way round', ['transfer-encoding: chunked', 'content-length: 5'], chunked(document)],
    ['two lengths', [`content-length: ${length}`, 'content-length: 0'], document],
    ['one length twice', [`content-length: ${length}`, `content-length: ${length}`], document],
    ['a list of lengths', [`content-length: ${length}, ${length}`], document],
    ['a signed length', [`content-length: +${length}`], document],
    ['a negative length', ['content-length: -1'], document],
    ['a hexadecimal length', ['content-length: 0x10'], document],
    ['a length beyond every number', [`content-length: ${'9'.repeat(30)}`], document],
    ['no length at all', ['content-length:'], document],
    ['an unknown coding', ['transfer-encoding: gzip'], document],
    ['chunked before another coding', ['transfer-encoding: chunked, gzip'], chunked(document)],
    ['another coding before chunked', ['transfer-encoding: gzip, chunked'], chunked(document)],
    ['identity', ['transfer-encoding: identity'], document],
    ['chunked twice', ['transfer-encoding: chunked', 'transfer-encoding: chunked'], chunked(document)],
    ['a coding that looks like chunked', ['transfer-encoding: xchunked'], chunked(document)],
    ['a hidden coding', ['transfer-encoding: \x0bchunked'], chunked(document)],
    ['a chunk size that is no number', ['transfer-encoding: chunked'], `xyz\r\n${document}\r\n0\r\n\r\n`],
    ['a signed chunk size', ['transfer-encoding: chunked'], `-1\r\n${document}\r\n0\r\n\r\n`],
    ['a prefixed chunk size', ['transfer-encoding: chunked'], `0x5\r\n${document}\r\n0\r\n\r\n`],
    ['a chunk longer than its size', ['transfer-encoding: chunked'], `5\r\n${document}\r\n0\r\n\r\n`],
    ['a chunk that ends in LF', ['transfer-encoding: chunked'], `${length.toString(16)}\n${document}\n0\n\n`],
  ])('%s: refused with 400, the connection closed, nothing after it answered', async (_name, lines, body) => {
    await expectUnchanged(service, async () => {
      const connection = await openConnection(service.url);
      await connection.send(patch(...lines), body, patchRequest(service, { motto: 'Smuggled' }));
      const reply = await connection.next();
      const isFoundLate = reply.headers['date'] !== undefined && reply.body.includes('"source"');
      expectRefusal(reply, 400, 'bad-request', isFoundLate ? { header: 'Transfer-Encoding' } : null);
      expect(reply.headers['connection']).toBe('close');
      expect(await connection.rest()).toBe('');
      await settle(service);
    });
  });

  test('D8 HTTP/1.0 does not know chunks: refused with 400', async () => {
    const request = patch('transfer-encoding: chunked').replace('HTTP/1.1', 'HTTP/1.0') + chunked(document);
    const reply = await expectUnchanged(service, () => exchangeBytes(service.url, request));
    expectRefusal(reply, 400, 'bad-request', { header: 'Transfer-Encoding' });
  });

  test('a body in many chunks, with extensions and trailers, is taken as one', async () => {
    const bytes = [...Buffer.from(document)].map((byte) => Buffer.from([byte]));
    const chunks = bytes.flatMap((byte) => [Buffer.from('1;name="value"\r\n'), byte, Buffer.from('\r\n')]);
    const trailers = `0\r\nif-match: "999"\r\nhost: other.example\r\n\r\n`;
    const reply = await exchangeBytes(service.url, patch('transfer-encoding: Chunked'), ...chunks, trailers);
    expect(reply.status).toBe(200);
    expect((await service.profiles.get(PROFILE_ID))?.attributes).toMatchObject({ displayName: 'Framed' });
  });

  test.each(['websocket', 'h2c'])(
    'an upgrade to %s is not taken, and the connection ends with the reply',
    async (name) => {
      const upgrade = ['connection: upgrade', `upgrade: ${name}`];
      const change = patchRequest(service, { displayName: 'Upgraded' }, ...upgrade);
      const connection = await openConnection(service.url);
      await connection.send(change, patchRequest(service, { displayName: 'Behind' }).slice(0, -9));
      await connection.send(patchRequest(service, { displayName: 'Behind' }));
      const reply = await connection.next();
      expect(reply).toMatchObject({ status: 200, headers: { connection: 'close' } });
      expect(await connection.rest()).toBe('');
      expect((await service.profiles.get(PROFILE_ID))?.attributes).toMatchObject({ displayName: 'Upgraded' });
    },
  );
});

describe('D10 Expect', () => {
  const expecting = `content-length: ${length}`;

  test('D10 the body is asked for once the headers are accepted, and not before', async () => {
    const connection = await openConnection(service.url);
    await connection.send(patch(expecting, 'expect: 100-Continue', 'connection: close'));
    expect(await connection.next()).toEqual({ status: 100, headers: {}, body: '' });
    await connection.send(document);
    expect((await connection.next()).status).toBe(200);
    expect(await connection.rest()).toBe('');
  });

  const authorization = (): string => `authorization: Bearer ${service.token()}`;
  const otherProfile = PROFILE_PATH.replace(PROFILE_ID, '11111111-1111-4111-8111-111111111111');
  test.each([
    [401, 'missing-token', () => requestHead('PATCH', PROFILE_PATH, expecting, 'expect: 100-continue')],
    [403, 'not-owner', () => requestHead('PATCH', otherProfile, authorization(), expecting, 'expect: 100-continue')],
    [406, 'not-acceptable', () => patch(expecting, 'accept: text/html', 'expect: 100-continue')],
    [
      415,
      'unsupported-media-type',
      () => requestHead('PATCH', PROFILE_PATH, authorization(), expecting, 'expect: 100-continue'),
    ],
    [415, 'unsupported-content-encoding', () => patch(expecting, 'content-encoding: gzip', 'expect: 100-continue')],
    [413, 'content-too-large', () => patch('content-length: 65537', 'expect: 100-continue')],
    [404, 'not-found', () => requestHead('PATCH', '/nowhere', expecting, 'expect: 100-continue')],
    [405, 'method-not-allowed', () => requestHead('POST', PROFILE_PATH, expecting, 'expect: 100-continue')],
  ])(
    'D10 a request that is refused with %i is not asked for its body, and the connection is closed',
    async (status, code, request) => {
      const connection = await openConnection(service.url);
      await connection.send(request());
      const reply = await connection.next();
      expect(reply.status).toBe(status);
      expect(reply.body).toContain(`"${code}"`);
      expect(reply.headers['connection']).toBe('close');
      expect(await connection.rest()).toBe('');
    },
  );

  test.each(['200-ok', 'x-100-continue', '100-continue, more', '100-continue; q=1', '100'])(
    'D8 the expectation %j is refused with 417, and the connection is closed',
    async (expectation) => {
      await expectUnchanged(service, async () => {
        const connection = await openConnection(service.url);
        await connection.send(
          patch(expecting, `expect: ${expectation}`),
          document,
          patchRequest(service, { motto: 'Next' }),
        );
        expectRefusal(await connection.next(), 417, 'expectation-failed', { header: 'Expect' });
        expect(await connection.rest()).toBe('');
        await settle(service);
      });
    },
  );

  test('HTTP/1.0 has no expectations: they are ignored', async () => {
    for (const expectation of ['100-continue', 'anything']) {
      const request = patch(expecting, `expect: ${expectation}`).replace('HTTP/1.1', 'HTTP/1.0');
      expect((await exchangeBytes(service.url, request, document)).status).toBe(200);
    }
  });
});
