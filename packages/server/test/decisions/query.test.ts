import { expectFaults } from '@contract-first/testing';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { PROFILE_ID, startService } from '../support/service.ts';
import { expectUnchanged } from '../support/unchanged.ts';

const service = await startService();
afterAll(() => service.close());

const target = (query: string): string => `/profiles/${PROFILE_ID}?${query}`;

/** Reads and changes with the query; neither may touch the record. */
async function bothMethods(query: string) {
  return expectUnchanged(service, async () => [
    await service.send({ path: target(query) }),
    await service.patch({ displayName: 'Nobody' }, { path: target(query) }),
  ]);
}

test.each([
  ['include=place', 'include'],
  ['sort=displayName', 'sort'],
  ['fields[Profile]=displayName', 'fields[Profile]'],
  ['fields%5BProfile%5D=displayName', 'fields[Profile]'],
  ['page[size]=1', 'page[size]'],
  ['filter=x', 'filter'],
  ['profileId=x', 'profileId'],
  ['If-Match=*', 'If-Match'],
  ['access_token=x', 'access_token'],
  ['__proto__=x', '__proto__'],
  ['toString', 'toString'],
  ['=x', ''],
  ['include=a&include=b', 'include'],
])('D7 the query %s is answered with 422 that names %j', async (query, parameter) => {
  for (const response of await bothMethods(query)) {
    expectFaults(response, 422, `unknown-parameter ${parameter}`);
  }
});

test('D7, J15 each of them is told', async () => {
  for (const response of await bothMethods('include=a&sort=b&%66oo=c')) {
    expectFaults(response, 422, 'unknown-parameter include', 'unknown-parameter sort', 'unknown-parameter foo');
  }
});

test('D7, J15 they are told together with the faults of the document', async () => {
  const response = await service.patch({ mood: 'x' }, { path: target('include=a') });
  expectFaults(response, 422, 'unknown-parameter include', 'invalid-value /data/attributes/mood');
});

test('D7 a percent-encoding that is not UTF-8 is answered with 422', async () => {
  for (const response of await bothMethods('%ff=1')) expectFaults(response, 422, 'invalid-parameter %ff');
});

test('D7 whatever the name is', async () => {
  const names = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((name) => name.isWellFormed());
  await fc.assert(
    fc.asyncProperty(names, fc.string({ maxLength: 20 }), async (name, value) => {
      const query = `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
      const response = await service.send({ path: target(query) });
      expectFaults(response, 422, `unknown-parameter ${name}`);
    }),
    { numRuns: 100 },
  );
});

test('D7, J15 a query with thousands of names is answered with the first thousand', async () => {
  const response = await service.send({
    path: target(Array.from({ length: 2000 }, (_, at) => at.toString(36)).join('&')),
  });
  expect(response.status).toBe(422);
  expect(response.body.errors).toHaveLength(1000);
});

test.each(['', '&', '&&'])('D7 the query %j holds no parameter', async (query) => {
  expect((await service.send({ path: target(query) })).status).toBe(200);
});
