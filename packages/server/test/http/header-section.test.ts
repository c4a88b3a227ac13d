import { exchangeBytes, expectRefusal, openConnection, requestHead } from '@contract-first/testing';
import { afterAll, describe, expect, test } from 'vitest';
import { getRequest, PROFILE_PATH, patchRequest } from '../support/requests.ts';
import { startService } from '../support/service.ts';
import { expectUnchanged } from '../support/unchanged.ts';

const service = await startService();
afterAll(() => service.close());

const token = (): string => `authorization: Bearer ${service.token()}`;

describe('H7 the size of the header section', () => {
  test.each([
    ['one long value', [`x-long: ${'x'.repeat(16_384)}`]],
    ['one long name', [`${'x'.repeat(16_384)}: 1`]],
    ['many headers', Array.from({ length: 400 }, (_, index) => `x-header-${index}: ${'x'.repeat(40)}`)],
  ])('H7 %s beyond 16 KiB is refused with 431', async (_name, lines) => {
    const calls = service.storeCalls.count;
    expectRefusal(await exchangeBytes(service.url, getRequest(service, ...lines)), 431, 'headers-too-large');
    expect(service.storeCalls.count).toBe(calls);
  });

  test('H7 a header section without an end is refused with 431 as well, and the connection is closed', async () => {
    const connection = await openConnection(service.url);
    await connection.send(`GET ${PROFILE_PATH} HTTP/1.1\r\nhost: a\r\nx: ${'x'.repeat(20_000)}`);
    expectRefusal(await connection.next(), 431, 'headers-too-large');
    expect(await connection.rest()).toBe('');
  });

  test('H7 a header section below 16 KiB is taken', async () => {
    expect((await exchangeBytes(service.url, getRequest(service, `x-long: ${'x'.repeat(14_000)}`))).status).toBe(200);
  });

  test('H7, H17 no header is dropped because it is behind many others', async () => {
    const filler = Array<string>(2500).fill('a:');
    const request = patchRequest(service, { displayName: 'Behind' }, ...filler, 'if-match: "999"');
    const reply = await expectUnchanged(service, () => exchangeBytes(service.url, request));
    expectRefusal(reply, 412, 'precondition-failed', { header: 'If-Match' });
  });
});

describe('H8 the Host header', () => {
  const start = `GET ${PROFILE_PATH} HTTP/1.1\r\n`;
  test.each([
    ['two of them', 'host: a.example\r\nhost: b.example\r\n'],
    ['two alike', 'host: a.example\r\nHOST: a.example\r\n'],
    ['none', ''],
    ['a blank in it', 'host: a b\r\n'],
    ['a path in it', 'host: a.example/x\r\n'],
    ['credentials in it', 'host: user@a.example\r\n'],
    ['a port that is no number', 'host: a.example:x\r\n'],
    ['two hosts in one line', 'host: a.example, b.example\r\n'],
    ['half an IPv6 address', 'host: [::1\r\n'],
  ])('H8 %s is refused with 400', async (_name, lines) => {
    const calls = service.storeCalls.count;
    const reply = await exchangeBytes(service.url, `${start}${lines}${token()}\r\n\r\n`);
    expectRefusal(reply, 400, 'bad-request', { header: 'Host' });
    expect(service.storeCalls.count).toBe(calls);
  });

  test('H8 two of them are refused whatever the method, the path and the version', async () => {
    const hosts = 'host: a\r\nhost: b\r\n\r\n';
    for (const line of [
      'DELETE / HTTP/1.1',
      'OPTIONS * HTTP/1.1',
      `PATCH ${PROFILE_PATH} HTTP/1.1`,
      `GET ${PROFILE_PATH} HTTP/1.0`,
    ])
      expectRefusal(await exchangeBytes(service.url, `${line}\r\n${hosts}`), 400, 'bad-request', { header: 'Host' });
  });

  test.each(['a.example', 'a.example:8080', '127.0.0.1', '[::1]', '[::1]:3000', 'a_b.example', ''])(
    'H8 %j is taken',
    async (host) => {
      const reply = await exchangeBytes(service.url, `${start}host: ${host}\r\n${token()}\r\n\r\n`);
      expect(reply.status).toBe(200);
    },
  );

  test('H8 HTTP/1.0 needs none', async () => {
    const reply = await exchangeBytes(service.url, `GET ${PROFILE_PATH} HTTP/1.0\r\n${token()}\r\n\r\n`);
    expect(reply.status).toBe(200);
  });
});

describe('D8 bytes that are not HTTP', () => {
  test.each([
    ['words', 'hello there\r\n\r\n'],
    ['TLS', Buffer.from('16030100a5010000a10303', 'hex')],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['HTTP/2 in the words of HTTP/1', `GET ${PROFILE_PATH} HTTP/2.0\r\nhost: a\r\n\r\n`],
    ['HTTP/0.9 in the words of HTTP/1', `GET ${PROFILE_PATH} HTTP/0.9\r\nhost: a\r\n\r\n`],
    ['HTTP/1.2', `GET ${PROFILE_PATH} HTTP/1.2\r\nhost: a\r\n\r\n`],
    ['no version', `GET ${PROFILE_PATH}\r\nhost: a\r\n\r\n`],
    ['a blank in the target', `GET ${PROFILE_PATH} x HTTP/1.1\r\nhost: a\r\n\r\n`],
    ['a method that is no token', requestHead('G{T', PROFILE_PATH)],
    ['a header name that is no token', requestHead('GET', PROFILE_PATH, 'x y: 1')],
    ['a blank before the colon', requestHead('GET', PROFILE_PATH, 'x : 1')],
    ['a folded header', requestHead('GET', PROFILE_PATH, 'x: 1\r\n 2')],
    ['NUL in a header', requestHead('GET', PROFILE_PATH, 'x: 1\0')],
    ['a header without a colon', requestHead('GET', PROFILE_PATH, 'x')],
    ['a bare CR', requestHead('GET', PROFILE_PATH, 'x: 1\r2')],
  ])('D8 %s are refused with 400 and an error document, and the connection is closed', async (_name, bytes) => {
    const connection = await openConnection(service.url);
    await connection.send(bytes);
    const reply = await connection.next();
    expectRefusal(reply, 400, 'bad-request');
    expect(reply.headers['connection']).toBe('close');
    expect(await connection.rest()).toBe('');
  });
});
