import { expectErrorDocument } from '@contract-first/testing';
import { afterAll, expect, test } from 'vitest';
import { startService } from '../support/service.ts';
import { userPath } from '../support/user-path.ts';

const ADMIN = {
  sub: '7f3c1e52-0d43-4a53-9a57-3b9d8e0b6c11',
  scope: 'user:users:read user:users:write user:users:admin',
};

const service = await startService({ app: { rateLimitSubject: 2 } });
afterAll(() => service.close());

test('a subject that sends too much gets 429 with Retry-After, whatever token it uses; others go on', async () => {
  const allowed = [await service.send(), await service.send({ token: service.token({ jti: 'another' }) })];
  expect(allowed.map(({ status }) => status)).toEqual([200, 200]);
  const calls = service.storeCalls.count;
  const refused = await service.send({ token: service.token({ jti: 'a third' }) });
  expectErrorDocument(refused, 429);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60);
  expect(service.storeCalls.count).toBe(calls);
  expect((await service.send({ token: service.token(ADMIN) })).status).toBe(200);
});

test('D10 the limit of a subject comes after 401 and 403 and before 406', async () => {
  const subject = { sub: '0b6f2a34-91a5-4d0e-8a39-5a0c6a4b7d21' };
  const path = userPath(subject.sub);
  const send = (claims: object, headers: Record<string, string> = {}) =>
    service.send({ path, token: service.token({ ...subject, ...claims }), headers });
  // What is refused before does not count.
  for (let round = 0; round < 3; round += 1) expect((await send({ scope: 'none' })).status).toBe(403);
  expect((await send({}, { accept: 'text/html' })).status).toBe(406);
  expect((await send({})).status).toBe(404);
  expect((await send({}, { accept: 'text/html' })).status).toBe(429);
  expect((await send({ scope: 'none' })).status).toBe(403);
  expect((await service.send({ path, token: 'x' })).status).toBe(401);
});
