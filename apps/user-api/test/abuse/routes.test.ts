import { METHODS } from 'node:http';
import { expectFaults, rawExchange, TEST_USER } from '@contract-first/testing';
import { contract } from '@user-api/contract';
import { document } from '@user-api/contract/document';
import { afterAll, describe, expect, test } from 'vitest';
import { startService } from '../support/service.ts';
import { userPath } from '../support/user-path.ts';

const service = await startService();
afterAll(() => service.close());

const BASE = '/user/2022-1';
const declared = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.keys(item)
    .filter((name) => METHODS.includes(name.toUpperCase()))
    .map((method) => `${method.toUpperCase()} ${BASE}${path.replace(/\{(\w+)\}/g, ':$1')}`),
);

/** Every `METHOD /path` that the framework has a route for. HEAD comes with GET (RFC 9110 §9.3.2). */
function registered(): readonly string[] {
  const lines = service.app.printRoutes({ commonPrefix: false }).split('\n');
  return lines.flatMap((line) => {
    const [, path = '', methods = ''] = /^[─└├│ ]*(\S+) \(([A-Z, -]+)\)$/.exec(line) ?? [];
    return methods.split(', ').flatMap((method) => (method === 'HEAD' || method === '' ? [] : [`${method} ${path}`]));
  });
}

async function probe(method: string, target: string) {
  const lines = [`${method} ${target} HTTP/1.1`, 'Host: localhost', 'Connection: close', 'Content-Length: 0'];
  return rawExchange(service, `${lines.join('\r\n')}\r\n\r\n`);
}

describe('O7 the routes are those of the contract', () => {
  test('O7 none is missing and none is too many', () => {
    expect(declared.length).toBeGreaterThan(0);
    expect([...registered()].sort()).toEqual([...declared].sort());
    const operations = Object.values(contract.operations).map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    expect(operations).toHaveLength(declared.length);
  });

  test('O7 every declared operation is served: it asks for a token', async () => {
    for (const { method, path } of Object.values(contract.operations)) {
      const target = `${BASE}${path.replace(/\{\w+\}/g, TEST_USER)}`;
      expectFaults(await probe(method.toUpperCase(), target), 401, 'missing-token -');
    }
  });

  const elsewhere = [
    '/',
    '/favicon.ico',
    '/robots.txt',
    '/health',
    '/healthz',
    '/ready',
    '/live',
    '/metrics',
    '/docs',
    '/documentation',
    '/documentation/json',
    '/swagger',
    '/openapi.json',
    '/openapi.yaml',
    '/admin',
    '/graphql',
    '/.env',
    '/.git/config',
    '/.well-known/openid-configuration',
    BASE,
    `${BASE}/`,
    `${BASE}/users`,
    `${BASE}/users/`,
    `${BASE}/openapi.json`,
    `${BASE}${userPath()}/`,
    `${BASE}${userPath()}/relationships`,
    `${BASE}${userPath()}/password`,
    userPath(),
    `${BASE}/${userPath()}`,
    `${BASE}/Users/${TEST_USER}`,
    `/USER/2022-1${userPath()}`,
    `${BASE}${userPath()}.json`,
    `${BASE}${userPath()};a=b`,
    `${BASE}/users/me`,
    `${BASE}/users/*`,
    `${BASE}/*`,
    '/user/2023-1/users/x',
    '/users',
    `${BASE}/users/..%2f..%2fadmin`,
    `${BASE}/.${userPath()}`,
  ];

  test.each(elsewhere)('O7 nothing is at %s', async (target) => {
    const { count } = service.storeCalls;
    for (const method of ['GET', 'PATCH']) expectFaults(await probe(method, target), 404, 'not-found -');
    expect(service.storeCalls.count).toBe(count);
  });
});
