import {
  exchangeBytes,
  expectErrorDocument,
  openConnection,
  requestHead,
  type ServiceRequest,
} from '@contract-first/testing';
import { afterAll, describe, expect, test } from 'vitest';
import { startService } from '../support/service.ts';

const origin = 'https://app.example';
const service = await startService({ server: { isOverloaded: () => true, corsOrigins: [origin] } });
afterAll(() => service.close());

describe('R8 while there is too much to do', () => {
  test('R8 nothing is found out about a request: 503 comes before every other refusal', async () => {
    const calls = service.storeCalls.count;
    const requests: readonly ServiceRequest[] = [
      {},
      { path: '/nowhere' },
      { method: 'DELETE' },
      { method: 'OPTIONS' },
      { token: null },
      { headers: { accept: 'text/html' } },
      { method: 'PATCH', headers: { 'content-type': 'text/plain' }, body: 'x' },
      { method: 'PATCH', body: '{' },
    ];
    for (const request of requests) {
      const response = await service.send(request);
      expectErrorDocument(response, 503);
      expect(response.headers).toMatchObject({ 'retry-after': '1', connection: 'keep-alive' });
    }
    expect(service.storeCalls.count).toBe(calls);
  });

  test('what is wrong with the message itself is still told, and ends its connection where its end is in doubt', async () => {
    for (const lines of [['transfer-encoding: gzip, chunked'], ['host: x', 'host: y'], ['host: /']]) {
      const { status, headers } = await exchangeBytes(service.url, requestHead('PATCH', '/', ...lines));
      expect([status, headers['connection']]).toEqual([400, 'close']);
    }
    const long = await exchangeBytes(service.url, requestHead('GET', `/${'x'.repeat(8192)}`));
    expect(long.status).toBe(414);
    const unexpected = await exchangeBytes(service.url, requestHead('PATCH', '/', 'expect: something'));
    expect(unexpected.status).toBe(417);
  });

  test('the body of a refused change is not taken for the next request', async () => {
    const body = requestHead('GET', '/');
    const change = requestHead('PATCH', '/', `content-length: ${body.length}`) + body;
    const connection = await openConnection(service.url);
    await connection.send(change, change, requestHead('GET', '/', 'connection: close'));
    const statuses = [await connection.next(), await connection.next(), await connection.next()];
    expect(statuses.map(({ status }) => status)).toEqual([503, 503, 503]);
    expect(await connection.rest()).toBe('');
  });

  test('H19 a refusal has the headers of every reply, the id of its request, and may be read by pages that may', async () => {
    const headers = { origin, 'x-request-id': 'mine' };
    const shed = await service.send({ headers });
    // Past the sockets, and with them past the place where requests are turned away.
    const usual = await service.app.inject({ method: 'GET', url: '/nowhere', headers });
    const own = { 'content-length': expect.any(String), date: expect.any(String), connection: expect.any(String) };
    expect(shed.headers).toMatchObject({ ...usual.headers, ...own, 'retry-after': '1' });
    expect(shed.headers).toMatchObject({ 'access-control-allow-origin': origin, 'x-request-id': 'mine' });
    const withoutBody = await service.send({ method: 'HEAD' });
    expect([withoutBody.status, withoutBody.text]).toEqual([503, '']);
  });

  test('a preflight is answered, but for pages of other origins', async () => {
    const preflight = (page: string) =>
      service.send({ method: 'OPTIONS', headers: { origin: page, 'access-control-request-method': 'PATCH' } });
    const answered = await preflight(origin);
    expect(answered.status).toBe(200);
    expect(answered.headers['access-control-allow-methods']).toContain('PATCH');
    expectErrorDocument(await preflight('https://other.example'), 503);
  });

  test('a client that asks before it sends its body is not told to go on', async () => {
    const lines = ['expect: 100-continue', 'content-length: 2'];
    // The first response of any status.
    const { status, headers } = await exchangeBytes(service.url, requestHead('PATCH', '/', ...lines));
    expect([status, headers['connection']]).toEqual([503, 'close']);
  });

  test('R8 it writes no error line, which would cost more than the refusal', async () => {
    const { headers } = await service.send();
    const lines = service.logLines
      .map((line) => JSON.parse(line))
      .filter(({ reqId }) => reqId === headers['x-request-id']);
    expect(lines.map(({ level }) => level)).not.toContain(50);
    expect(lines).toContainEqual(expect.objectContaining({ msg: 'request refused', codes: ['service-unavailable'] }));
  });
});

test('R8 the requests are asked about one by one, each once', async () => {
  const asked: (string | undefined)[] = [];
  const choosy = await startService({
    server: {
      isOverloaded: ({ method }) => {
        asked.push(method);
        return method === 'PATCH';
      },
    },
  });
  expect((await choosy.send()).status).toBe(200);
  expectErrorDocument(await choosy.patch({}), 503);
  expect((await choosy.send()).status).toBe(200);
  expect(asked).toEqual(['GET', 'PATCH', 'GET']);
  await choosy.close();
});
