import { Counter, Registry } from 'prom-client';
import { afterAll, expect, test } from 'vitest';
import { startAdminServer } from '../src/health/admin-server.ts';
import { createReadiness } from '../src/health/readiness.ts';

let isDatabaseUp = true;
let now = 0;

const registry = new Registry();
new Counter({ name: 'things_total', help: 'Things.', registers: [registry] }).inc(3);
const readiness = createReadiness({
  checks: [
    { name: 'database', isReady: () => isDatabaseUp },
    { name: 'identity provider keys', isReady: () => true },
  ],
  now: () => now,
});
const admin = await startAdminServer({ host: '127.0.0.1', port: 0, readiness, registry });
afterAll(() => admin.close());

async function get(path: string, init: RequestInit = {}) {
  const response = await fetch(`${admin.origin}${path}`, init);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

test('/livez answers as long as the process does', async () => {
  const { status, headers, text } = await get('/livez');
  expect({ status, body: JSON.parse(text) }).toEqual({ status: 200, body: { status: 'live' } });
  expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(headers.get('cache-control')).toBe('no-store');
});

test('/readyz is 503 with a list of what is not ready, and 200 again afterwards', async () => {
  const ready = async () => {
    now += 1000;
    const { status, text } = await get('/readyz');
    return { status, body: JSON.parse(text) };
  };
  expect(await ready()).toEqual({ status: 200, body: { status: 'ready' } });
  isDatabaseUp = false;
  expect(await ready()).toEqual({ status: 503, body: { status: 'not ready', notReady: ['database'] } });
  isDatabaseUp = true;
  expect(await ready()).toEqual({ status: 200, body: { status: 'ready' } });
});

test('/metrics is in the text format of Prometheus', async () => {
  const { status, headers, text } = await get('/metrics');
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(text).toContain('things_total 3');
});

test('there is nothing else, and nothing can be changed', async () => {
  expect((await get('/')).status).toBe(404);
  expect((await get('/metrics/../livez/')).status).toBe(404);
  expect((await get('/nothing', { method: 'POST' })).status).toBe(404);
  const { status, headers } = await get('/readyz', { method: 'POST' });
  expect(status).toBe(405);
  expect(headers.get('allow')).toBe('GET, HEAD');
  expect(await get('/livez?verbose', { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
});

test('a port that is taken is an error', async () => {
  const { port } = new URL(admin.origin);
  await expect(startAdminServer({ host: '127.0.0.1', port: Number(port), readiness, registry })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});
