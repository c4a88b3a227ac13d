import { setTimeout } from 'node:timers/promises';
import { expectRefusal, openConnection, requestHead } from '@contract-first/testing';
import { afterAll, describe, expect, test } from 'vitest';
import { getRequest, PROFILE_PATH, patchLines } from '../support/requests.ts';
import { startService } from '../support/service.ts';
import { expectUnchanged } from '../support/unchanged.ts';

/** Short enough to be waited for; connections are looked at once a second. */
const service = await startService({ server: { requestTimeout: 200, keepAliveTimeout: 100 } });
/** Headers have to come at once, bodies may take longer than any test. */
const patient = await startService({ server: { headersTimeout: 100 } });
afterAll(() => Promise.all([service.close(), patient.close()]));

describe.concurrent('H10 what is slow is cut off', () => {
  test.each([
    ['a request line that does not end', `GET ${PROFILE_PATH}`],
    ['headers that do not end', `GET ${PROFILE_PATH} HTTP/1.1\r\nhost: a\r\n`],
    ['a header that does not end', `GET ${PROFILE_PATH} HTTP/1.1\r\nhost: a\r\nx-slow: a`],
    ['nothing at all', ''],
  ])('H10 %s: 408 with an error document, and the connection is closed', async (_name, bytes) => {
    for (const { url } of [service, patient]) {
      const connection = await openConnection(url);
      await connection.send(bytes);
      const reply = await connection.next();
      expectRefusal(reply, 408, 'request-timeout');
      expect(reply.headers['connection']).toBe('close');
      expect(await connection.rest()).toBe('');
    }
  });

  test.each([
    ['with a length', 'content-length: 100', '{"data":'],
    ['in chunks', 'transfer-encoding: chunked', '8\r\n{"data":\r\n'],
    ['of which nothing comes', 'content-length: 100', ''],
  ])(
    'H10, H11 a body %s that does not end: 408, the connection closed, nothing stored',
    async (_name, framing, start) => {
      await expectUnchanged(service, async () => {
        const connection = await openConnection(service.url);
        await connection.send(requestHead('PATCH', PROFILE_PATH, ...patchLines(service), framing), start);
        expectRefusal(await connection.next(), 408, 'request-timeout');
        expect(await connection.rest()).toBe('');
      });
    },
  );

  test('H10 a client that was asked for its body and does not send it', async () => {
    const connection = await openConnection(service.url);
    const lines = [...patchLines(service), 'content-length: 100', 'expect: 100-continue'];
    await connection.send(requestHead('PATCH', PROFILE_PATH, ...lines));
    expect((await connection.next()).status).toBe(100);
    expectRefusal(await connection.next(), 408, 'request-timeout');
    expect(await connection.rest()).toBe('');
  });

  test('H10 a body that trickles is cut off, however steadily it comes', async () => {
    const connection = await openConnection(service.url);
    await connection.send(requestHead('PATCH', PROFILE_PATH, ...patchLines(service), 'content-length: 60000'));
    let isCut = false;
    const reply = connection.next().finally(() => {
      isCut = true;
    });
    while (!isCut) {
      await connection.send(' ');
      await setTimeout(5);
    }
    expectRefusal(await reply, 408, 'request-timeout');
    connection.destroy();
  });

  test('H10 the rest of a body whose request has been answered is not waited for, and gets no second reply', async () => {
    const connection = await openConnection(service.url);
    await connection.send(requestHead('PATCH', PROFILE_PATH, 'content-length: 100'), '{');
    expectRefusal(await connection.next(), 401, 'missing-token');
    expect(await connection.rest()).toBe('');
  });

  test('H10 a connection without a request is closed after its last reply', async () => {
    const connection = await openConnection(service.url);
    await connection.send(getRequest(service));
    expect((await connection.next()).status).toBe(200);
    expect(await connection.rest()).toBe('');
  });

  test('H10 the second request of a connection has to come in time as well', async () => {
    const connection = await openConnection(patient.url);
    await connection.send(getRequest(patient), `GET ${PROFILE_PATH} HTTP/1.1\r\n`);
    expect((await connection.next()).status).toBe(200);
    expectRefusal(await connection.next(), 408, 'request-timeout');
    expect(await connection.rest()).toBe('');
  });
});
