import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, expect, test } from 'vitest';
import { contractPlugin } from '../src/index.ts';
import { inventoryOptions } from './support/inventory.ts';

const staff = { authorization: 'Bearer staff' };
const open: FastifyInstance[] = [];

afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
});

/** A host with a route, an error handler, a 404 and a body parser of its own, and hooks that see every request. */
function createHost(): FastifyInstance {
  const app = fastify();
  open.push(app);
  app.setErrorHandler((error, _request, reply) => reply.code(418).send({ host: String(error) }));
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ host: 'not found' }));
  app.get('/health', async () => ({ host: 'healthy' }));
  app.get('/broken', async () => Promise.reject(new Error('of the host')));
  app.post('/echo', async (request) => request.body);
  return app;
}

async function hostWithContract(): Promise<FastifyInstance> {
  const app = createHost();
  await app.register(contractPlugin(await inventoryOptions()));
  return app;
}

test('the routes, the errors, the 404 and the body parsers of the host stay its own', async () => {
  const app = await hostWithContract();
  expect((await app.inject('/health')).json()).toEqual({ host: 'healthy' });
  const broken = await app.inject('/broken');
  expect([broken.statusCode, broken.json()]).toEqual([418, { host: 'Error: of the host' }]);
  expect((await app.inject({ method: 'POST', url: '/echo', payload: { a: 1 } })).json()).toEqual({ a: 1 });
  const malformed = await app.inject({
    method: 'POST',
    url: '/echo',
    headers: { 'content-type': 'application/json' },
    payload: '{',
  });
  expect(malformed.statusCode).toBe(418);
});

test.each(['/nowhere', '/inventor', '/inventoryx', '/items'])(
  '%s is not below the base path, so that the host answers it',
  async (url) => {
    const app = await hostWithContract();
    for (const method of ['GET', 'DELETE'] as const) {
      const response = await app.inject({ method, url });
      expect([response.statusCode, response.json()]).toEqual([404, { host: 'not found' }]);
    }
    const response = await app.inject('/health');
    expect(response.headers).not.toHaveProperty('x-request-id');
    expect(response.headers).not.toHaveProperty('content-security-policy');
  },
);

test('an operation is served with every check of the contract', async () => {
  const app = await hostWithContract();
  const response = await app.inject({ url: '/inventory/items?limit=5', headers: staff });
  expect([response.statusCode, response.json().query]).toEqual([200, { limit: 5 }]);
  expect((await app.inject('/inventory/items')).statusCode).toBe(401);
  const invalid = await app.inject({ url: '/inventory/items?limit=x', headers: staff });
  expect([invalid.statusCode, invalid.json().codes]).toEqual([422, ['invalid-parameter limit']]);
});

test.each(['/inventory', '/inventory/', '/inventory/nowhere', '/inventory/items/1/2'])('%s is 404', async (url) => {
  const response = await (await hostWithContract()).inject(url);
  expect([response.statusCode, response.json().codes]).toEqual([404, ['not-found']]);
});

test('a method that a path of the contract does not offer is 405, and OPTIONS lists those that it does', async () => {
  const app = await hostWithContract();
  const refused = await app.inject({ method: 'DELETE', url: '/inventory/items' });
  expect([refused.statusCode, refused.headers['allow'], refused.json().codes]).toEqual([
    405,
    'GET, HEAD, OPTIONS, POST',
    ['method-not-allowed'],
  ]);
  const options = await app.inject({ method: 'OPTIONS', url: '/inventory/items' });
  expect([options.statusCode, options.headers['allow']]).toEqual([200, 'GET, HEAD, OPTIONS, POST']);
});

test('origins are shared with for the contract alone', async () => {
  const app = createHost();
  await app.register(contractPlugin(await inventoryOptions({ corsOrigins: ['https://app.example'] })));
  const headers = { ...staff, origin: 'https://app.example' };
  const response = await app.inject({ url: '/inventory/items', headers });
  expect(response.headers['access-control-allow-origin']).toBe('https://app.example');
  const preflight = await app.inject({
    method: 'OPTIONS',
    url: '/inventory/items',
    headers: { ...headers, 'access-control-request-method': 'GET' },
  });
  expect(preflight.headers['access-control-allow-methods']).toBe('GET, HEAD, OPTIONS, POST');
  expect((await app.inject({ url: '/health', headers })).headers).not.toHaveProperty('access-control-allow-origin');
});

test('two contracts are served in one server below different prefixes, each with its own errors', async () => {
  const app = createHost();
  const options = await inventoryOptions();
  const errorFormat = () => ({ mediaType: 'application/json', body: { request: 'second', codes: [] } });
  await app.register(contractPlugin(options), { prefix: '/first' });
  await app.register(contractPlugin({ ...options, errorFormat }), { prefix: '/second' });
  for (const prefix of ['/first', '/second']) {
    const response = await app.inject({ url: `${prefix}/inventory/items`, headers: staff });
    expect([response.statusCode, response.json().subject]).toEqual([200, 'staff']);
    expect((await app.inject(`${prefix}/inventory/items`)).statusCode).toBe(401);
    expect((await app.inject({ method: 'PUT', url: `${prefix}/inventory/items` })).statusCode).toBe(405);
  }
  expect((await app.inject('/first/inventory/nowhere')).json().codes).toEqual(['not-found']);
  expect((await app.inject('/second/inventory/nowhere')).json().request).toBe('second');
  expect((await app.inject('/inventory/items')).json()).toEqual({ host: 'not found' });
  expect((await app.inject('/first/nowhere')).json()).toEqual({ host: 'not found' });
});

test('a contract without a base path has all of a host that has no 404 of its own', async () => {
  const options = await inventoryOptions();
  const app = fastify();
  open.push(app);
  app.get('/health', async () => ({ host: 'healthy' }));
  await app.register(contractPlugin({ ...options, contract: { ...options.contract, basePath: '' } }));
  expect((await app.inject('/health')).json()).toEqual({ host: 'healthy' });
  expect((await app.inject({ url: '/items', headers: staff })).statusCode).toBe(200);
  expect((await app.inject('/nowhere')).json().codes).toEqual(['not-found']);
});

test('a handler that is missing keeps the host from booting', async () => {
  const app = createHost();
  const { handlers, ...options } = await inventoryOptions();
  const { GetItem: _left, ...rest } = handlers;
  // The test leaves out what the types demand.
  app.register(contractPlugin({ ...options, handlers: rest as typeof handlers }));
  await expect(app.ready()).rejects.toThrow('handler GetItem is missing');
});
