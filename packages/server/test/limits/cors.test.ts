import { afterAll, expect, test } from 'vitest';
import { startService } from '../support/service.ts';

const ORIGIN = 'https://app.example';
const FOREIGN = 'https://app.example.evil.test';

const service = await startService({ server: { corsOrigins: [ORIGIN, 'http://localhost:5173'] } });
const closed = await startService();
afterAll(async () => {
  await service.close();
  await closed.close();
});

function preflight(origin: string | undefined, method = 'PATCH') {
  const headers = {
    origin,
    'access-control-request-method': method,
    'access-control-request-headers': 'authorization,content-type,if-match',
  };
  return service.send({ method: 'OPTIONS', token: null, headers });
}

function shared(headers: Readonly<Record<string, string>>): readonly string[] {
  return Object.keys(headers).filter((name) => name.startsWith('access-control-'));
}

test('H2 a preflight of a listed origin is answered with the methods of the path and the headers of the contract', async () => {
  const { status, headers } = await preflight(ORIGIN);
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'access-control-allow-origin': ORIGIN,
    'access-control-allow-methods': headers['allow'],
    'access-control-allow-headers': 'authorization, content-type, if-match, if-none-match, x-request-id',
    'access-control-max-age': '600',
    vary: 'Origin',
  });
  expect(headers['allow']).toContain('PATCH');
  expect(headers).not.toHaveProperty('access-control-allow-credentials');
});

test.each([FOREIGN, 'null', 'https://APP.example', 'http://app.example', 'https://app.example:8443'])(
  'H2 a preflight of %s is answered as any OPTIONS',
  async (origin) => {
    const { status, headers } = await preflight(origin);
    expect(status).toBe(200);
    expect(headers['allow']).toContain('PATCH');
    expect(shared(headers)).toEqual([]);
    expect(headers['vary']).toBe('Origin');
  },
);

test('OPTIONS of a listed origin that is no preflight has no methods for one', async () => {
  const { headers } = await service.send({ method: 'OPTIONS', token: null, headers: { origin: ORIGIN } });
  expect(shared(headers)).toEqual(['access-control-allow-origin', 'access-control-expose-headers']);
});

test.each([
  [200, {}],
  [401, { token: null }],
  [404, { path: '/people' }],
  [405, { method: 'POST' }],
  [406, { headers: { accept: 'text/html' } }],
] as const)('a %i can be read by a listed origin and by no other', async (status, request) => {
  const extra = 'headers' in request ? request.headers : {};
  const own = await service.send({ ...request, headers: { ...extra, origin: ORIGIN } });
  expect(own.status).toBe(status);
  expect(own.headers['access-control-allow-origin']).toBe(ORIGIN);
  expect(own.headers['access-control-expose-headers']?.split(', ')).toEqual(
    expect.arrayContaining(['accept-patch', 'allow', 'etag', 'retry-after', 'www-authenticate', 'x-request-id']),
  );
  expect(own.headers['vary']?.split(', ')).toContain('Origin');
  const foreign = await service.send({ ...request, headers: { ...extra, origin: FOREIGN } });
  expect(foreign.status).toBe(status);
  expect(shared(foreign.headers)).toEqual([]);
  expect(foreign.headers['vary']?.split(', ')).toContain('Origin');
});

test('J13 Vary keeps Accept beside Origin', async () => {
  const { headers } = await service.send({ headers: { origin: ORIGIN } });
  expect(headers['vary']).toBe('Accept, Origin');
});

test('without a list of origins no reply can be read by any', async () => {
  const reply = await closed.send({ headers: { origin: ORIGIN } });
  expect(shared(reply.headers)).toEqual([]);
  expect(reply.headers['vary']).toBe('Accept');
  const headers = { origin: ORIGIN, 'access-control-request-method': 'PATCH' };
  const options = await closed.send({ method: 'OPTIONS', token: null, headers });
  expect(options.status).toBe(200);
  expect(shared(options.headers)).toEqual([]);
});
