import { once } from 'node:events';
import type { Socket } from 'node:net';
import {
  chunked,
  exchangeBytes,
  expectRefusal,
  openConnection,
  requestHead,
  type ServiceResponse,
} from '@contract-first/testing';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { PROFILE_PATH, patchLines } from '../support/requests.ts';
import { startService, updateDocument } from '../support/service.ts';
import { expectUnchanged } from '../support/unchanged.ts';

const service = await startService();
afterAll(() => service.close());

const LIMIT = 65_536;
const document = JSON.stringify(updateDocument({ displayName: 'Stored' }));

function patch(...lines: readonly string[]): string {
  return requestHead('PATCH', PROFILE_PATH, ...patchLines(service), ...lines);
}

function send(body: string | Uint8Array): Promise<ServiceResponse> {
  return service.send({ method: 'PATCH', body });
}

describe('H6 the size of the body', () => {
  test('H6 a length beyond 64 KiB is refused with 413 before a byte of the body comes', async () => {
    await expectUnchanged(service, async () => {
      for (const length of [LIMIT + 1, 10 ** 9, Number.MAX_SAFE_INTEGER])
        expectRefusal(await exchangeBytes(service.url, patch(`content-length: ${length}`)), 413, 'content-too-large');
    });
  });

  test('H6 chunks beyond 64 KiB are refused with 413 before they end', async () => {
    await expectUnchanged(service, async () => {
      const start = patch('transfer-encoding: chunked');
      const chunk = `8000\r\n${' '.repeat(0x8000)}\r\n`;
      const reply = await exchangeBytes(service.url, start, chunk, chunk, '1\r\n \r\n');
      expectRefusal(reply, 413, 'content-too-large');
    });
  });

  test('H6 a valid document that is too long is refused, one of the longest size is taken', async () => {
    const padded = (size: number): string => document.padEnd(size);
    for (const body of [padded(LIMIT + 1), chunked(padded(LIMIT + 1))]) {
      const framing = body.startsWith('{') ? `content-length: ${body.length}` : 'transfer-encoding: chunked';
      const reply = await expectUnchanged(service, () => exchangeBytes(service.url, patch(framing), body));
      expectRefusal(reply, 413, 'content-too-large');
    }
    expect((await send(padded(LIMIT))).status).toBe(200);
    const reply = await exchangeBytes(service.url, patch('transfer-encoding: chunked'), chunked(padded(LIMIT)));
    expect(reply.status).toBe(200);
  });
});

describe('H9 Content-Encoding', () => {
  test.each(['gzip', 'br', 'deflate', 'zstd', 'GZIP', 'x', 'identity, gzip', 'identity;q=1', 'aws-chunked', ''])(
    'H9 %j is refused with 415, whether or not the body is encoded',
    async (encoding) => {
      const headers = { 'content-encoding': encoding };
      const reply = await expectUnchanged(service, () => service.send({ method: 'PATCH', body: document, headers }));
      expectRefusal(reply, 415, 'unsupported-content-encoding', { header: 'Content-Encoding' });
      expect(reply.headers).toMatchObject({
        'accept-encoding': 'identity',
        'accept-patch': 'application/vnd.api+json',
      });
    },
  );

  test('H9 two headers are refused if one of them is another encoding', async () => {
    const lines = ['content-encoding: identity', 'content-encoding: gzip', `content-length: ${document.length}`];
    const reply = await expectUnchanged(service, () => exchangeBytes(service.url, patch(...lines), document));
    expectRefusal(reply, 415, 'unsupported-content-encoding', { header: 'Content-Encoding' });
  });

  test.each(['identity', 'Identity'])('H9 %s is taken', async (encoding) => {
    const reply = await service.send({ method: 'PATCH', body: document, headers: { 'content-encoding': encoding } });
    expect(reply.status).toBe(200);
  });
});

describe('H11 a body that ends early changes nothing', () => {
  const framings = fc.constantFrom(
    { line: `content-length: ${document.length}`, body: document },
    { line: 'transfer-encoding: chunked', body: chunked(document) },
  );

  test('H11 wherever it is cut: 400, and the row is what it was', async () => {
    await expectUnchanged(service, () =>
      fc.assert(
        fc.asyncProperty(framings, fc.nat({ max: document.length - 1 }), async ({ line, body }, cut) => {
          const connection = await openConnection(service.url);
          await connection.send(patch(line), body.slice(0, cut));
          connection.end();
          expectRefusal(await connection.next(), 400, 'bad-request');
          expect(await connection.rest()).toBe('');
        }),
        { numRuns: 60 },
      ),
    );
  });

  test('H11 a whole document without its last chunk is not a whole body', async () => {
    await expectUnchanged(service, async () => {
      const connection = await openConnection(service.url);
      await connection.send(patch('transfer-encoding: chunked'), chunked(document).slice(0, -5));
      connection.end();
      expectRefusal(await connection.next(), 400, 'bad-request');
    });
  });

  test('H11 a client that goes away in the middle', async () => {
    await expectUnchanged(service, async () => {
      const accepted = once(service.app.server, 'connection');
      const connection = await openConnection(service.url);
      // The event of a server has the socket as its only argument.
      const [socket] = (await accepted) as [Socket];
      await connection.send(patch(`content-length: ${document.length}`), document.slice(0, -1));
      const closed = once(socket, 'close');
      connection.destroy();
      await closed;
    });
  });
});
