import { once } from 'node:events';
import { Agent, type IncomingMessage, type RequestOptions, request } from 'node:http';
import { Readable } from 'node:stream';
import type { Authenticator } from '@contract-first/core';
import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import { createRecorder, type Exchange, exchangeOfBytes, type Recorder, recordExchanges } from '../src/index.ts';
import { compileShop, ITEM, ITEM_TARGET, shop } from './support/shop.ts';

const contract = await compileShop();
const apps: FastifyInstance[] = [];

afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.close()));
});

/** A server by hand. */
function start(authenticate?: Authenticator) {
  const seen: Exchange[] = [];
  const recorder = createRecorder(contract, shop, { onExchange: (exchange) => void seen.push(exchange) });
  const app = fastify({ bodyLimit: 64 });
  apps.push(app);
  recordExchanges(app, recorder);
  routes(app, recorder, authenticate);
  return { app, recorder, last: (): Exchange | undefined => seen.at(-1) };
}

function routes(app: FastifyInstance, recorder: Recorder, authenticate?: Authenticator): void {
  const watched = recorder.watch(authenticate ? { Staff: authenticate, Partner: authenticate } : {});
  app.get('/shop/v1/items/:id', async (_request, reply) => {
    await watched['Partner']?.('token');
    return reply.header('x-twice', ['1', '2']).send('plain');
  });
  app.put('/shop/v1/items/:id', (incoming, reply) => reply.code(299).send(incoming.body));
  app.get('/shop/v1/status', (incoming, reply) => {
    if (incoming.headers['x-kind'] === 'stream') return reply.send(Readable.from(['one ', Buffer.from('two')]));
    if (incoming.headers['x-kind'] === 'fail') throw new Error('failed on purpose');
    return reply.code(304).header('x-load', 'none').send();
  });
}

interface Reply {
  readonly status: number;
  readonly body: string;
}

/** Through a socket. */
async function over(app: FastifyInstance, path: string, options: RequestOptions = {}, body?: string): Promise<Reply> {
  if (!app.server.listening) await app.listen({ host: '127.0.0.1', port: 0 });
  const [address] = app.addresses();
  if (typeof address !== 'object') throw new Error('the server listens on no port');
  const agent = new Agent();
  const outgoing = request({ host: '127.0.0.1', port: address.port, path, agent, ...options });
  outgoing.end(body);
  // The event of a client request brings one message.
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  const text = await incoming.toArray();
  agent.destroy();
  return { status: incoming.statusCode ?? 0, body: Buffer.concat(text).toString() };
}

const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString();

describe.each(['inject', 'http'] as const)('by %s', (source) => {
  async function send(app: FastifyInstance, path: string, options: RequestOptions = {}, body?: string): Promise<Reply> {
    if (source === 'http') return over(app, path, options, body);
    const { method = 'GET', headers = {} } = options;
    // The tests below send no other methods than inject knows, and single header values.
    const reply = await app.inject({
      url: path,
      method: method as 'GET',
      headers: headers as Record<string, string>,
      ...(body !== undefined && { payload: body }),
    });
    return { status: reply.statusCode, body: reply.body };
  }

  test('a reply is recorded as it leaves', async () => {
    const { app, last } = start();
    expect(await send(app, ITEM_TARGET)).toEqual({ status: 200, body: 'plain' });
    expect(last()).toMatchObject({ method: 'GET', target: ITEM_TARGET, status: 200, operationId: 'GetItem', source });
    expect(last()?.responseHeaders).toMatchObject({ 'content-type': 'text/plain; charset=utf-8', 'x-twice': '1, 2' });
    expect(text(last()?.responseBody)).toBe('plain');
  });

  test('a request is recorded with its body and its field lines', async () => {
    const { app, last } = start();
    const body = JSON.stringify(ITEM);
    const headers = { 'Content-Type': 'application/json', 'content-length': String(body.length) };
    expect(await send(app, '/shop/v1/items/1', { method: 'PUT', headers }, body)).toMatchObject({ status: 299 });
    expect(last()).toMatchObject({ method: 'PUT', operationId: 'SetItem' });
    expect(last()?.requestHeaders).toMatchObject({ 'content-type': 'application/json' });
    expect(last()?.rawRequestHeaders.length).toBeGreaterThan(1);
    expect(text(last()?.requestBody)).toBe(body);
    expect(text(last()?.responseBody)).toBe(body);
  });

  test('streams, errors, 304, 404 and 413 are recorded', async () => {
    const { app, last } = start();
    await send(app, '/shop/v1/status', { headers: { 'x-kind': 'stream' } });
    expect(text(last()?.responseBody)).toBe('one two');
    await send(app, '/shop/v1/status', { headers: { 'x-kind': 'fail' } });
    expect(last()).toMatchObject({ status: 500, operationId: 'GetStatus' });
    await send(app, '/shop/v1/status');
    expect(last()).toMatchObject({ status: 304, responseBody: new Uint8Array() });
    await send(app, '/shop/v1/nowhere');
    expect(last()).toMatchObject({ status: 404, operationId: null });
    await send(
      app,
      '/shop/v1/items/1',
      { method: 'PUT', headers: { 'content-type': 'application/json' } },
      ' '.repeat(65),
    );
    expect(last()).toMatchObject({ status: 413, operationId: 'SetItem' });
  });

  test('HEAD is recorded without what a GET would send', async () => {
    const { app, last } = start();
    expect(await send(app, ITEM_TARGET, { method: 'HEAD' })).toEqual({ status: 200, body: '' });
    expect(last()).toMatchObject({ method: 'HEAD', operationId: 'GetItem', responseBody: new Uint8Array() });
  });

  test('the alternative that let a request in is known, also if many come at once', async () => {
    const scopes = [['items'], [], ['items']];
    const { app, recorder } = start(async () => ({ subject: 'me', scopes: new Set(scopes.pop()) }));
    await Promise.all([send(app, ITEM_TARGET), send(app, '/shop/v1/status'), send(app, ITEM_TARGET)]);
    expect(recorder.results().cells.filter((id) => id.includes('security'))).toEqual(['GetItem security Staff']);
  });
});

test('an address that cannot be decoded is recorded over a socket', async () => {
  const { app, last } = start();
  expect(await over(app, '/shop/v1/items/%ff')).toMatchObject({ status: 400 });
  expect(last()).toMatchObject({ target: '/shop/v1/items/%ff', status: 400, operationId: 'GetItem' });
});

test('one authenticator of two schemes stays one, and different ones stay different', async () => {
  const recorder = createRecorder(contract, shop);
  const principal = { subject: 'me', scopes: new Set<string>() };
  const one: Authenticator = async () => principal;
  const refusing: Authenticator = async () => Promise.reject(new Error('refused'));
  const watched = recorder.watch({ A: one, B: one, C: refusing });
  expect(watched['A']).toBe(watched['B']);
  expect(watched['C']).not.toBe(watched['A']);
  expect(await watched['A']?.('token')).toBe(principal);
  await expect(watched['C']?.('token')).rejects.toThrow('refused');
});

test('bytes become an exchange, for what the parser refuses', () => {
  const sent = Buffer.from('BREW /shop/v1/status HTTP/1.1\r\nHost: x\r\nX-A: 1\r\nx-a: 2\r\n\r\n');
  const received = Buffer.from('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 405 No\r\nAllow: GET\r\n\r\n{}');
  const exchange = exchangeOfBytes(sent, received);
  expect(exchange).toMatchObject({ method: 'BREW', target: '/shop/v1/status', status: 405, source: 'http' });
  expect(exchange.requestHeaders).toEqual({ host: 'x', 'x-a': '1, 2' });
  expect(exchange.responseHeaders).toEqual({ allow: 'GET' });
  expect(text(exchange.responseBody)).toBe('{}');
  expect(createRecorder(contract, shop).add(exchange)).toEqual([
    expect.stringContaining('allow must list'),
    expect.stringContaining('Content-Type (none)'),
  ]);
});
