import type { ServiceResponse } from '@contract-first/testing';
import fc from 'fast-check';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { openTestDatabase } from '../support/database.ts';
import { EXAMPLE_ATTRIBUTES, exampleUser, startService } from '../support/service.ts';

const database = await openTestDatabase();
const { id } = exampleUser();
await database.users.import([exampleUser()]);
const instances = await Promise.all([0, 1].map(() => startService({ database: database.openAnother() })));
afterAll(async () => {
  await Promise.all(instances.map((instance) => instance.close()));
  await database.close();
});

const [one, other] = instances;
if (one === undefined || other === undefined) throw new Error('there are two instances');

beforeEach(async () => {
  await database.users.patch(id, EXAMPLE_ATTRIBUTES, null);
});

test('R4 every change through one instance is what the other one reads next', async () => {
  const firstName = fc.string({ unit: fc.constantFrom(...'abcÄß '), minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(firstName, fc.boolean(), async (name, isSwapped) => {
      const [writer, reader] = isSwapped ? [other, one] : [one, other];
      const written = await writer.patch({ firstName: `x${name}` });
      const read = await reader.send();
      expect([written.status, read.status]).toEqual([200, 200]);
      expect(read.headers['etag']).toBe(written.headers['etag']);
      expect(read.body).toEqual(written.body);
    }),
    { numRuns: 50 },
  );
});

test('R2, R3 of changes that race through both instances none is lost and none is answered with 5xx', async () => {
  const before = await database.users.get(id);
  const names = ['firstName', 'lastName', 'email', 'phoneNumber', 'zoneInfo'] as const;
  const values = {
    firstName: 'F',
    lastName: 'L',
    email: 'race@example.com',
    phoneNumber: '+4930123456',
    zoneInfo: null,
  };
  const rounds = Array.from({ length: 8 }, () => names).flat();
  const race = rounds.map((name, index) => (index % 2 === 0 ? one : other).patch({ [name]: values[name] }));
  const replies = await Promise.all(race);
  expect(replies.map(({ status }) => status)).toEqual(rounds.map(() => 200));
  expect(new Set(replies.map(({ headers }) => headers['etag'])).size).toBe(rounds.length);
  const after = await database.users.get(id);
  expect(after?.attributes).toEqual({ ...EXAMPLE_ATTRIBUTES, ...values });
  expect(after?.version).toBe((before?.version ?? 0) + rounds.length);
});

test('R2, R3 of counters that race through both instances with If-Match each step is made once', async () => {
  const count = async (instance: typeof one): Promise<number> => {
    let made = 0;
    while (made < 5) {
      const read = await instance.send();
      const next = Number(read.body.data.attributes['lastName']) + 1;
      const headers = { 'if-match': read.headers['etag'] ?? '' };
      const reply: ServiceResponse = await instance.patch({ lastName: String(next) }, { headers });
      expect([200, 412]).toContain(reply.status);
      if (reply.status === 200) made += 1;
    }
    return made;
  };
  await one.patch({ lastName: '0' });
  const steps = await Promise.all([one, other, one, other].map(count));
  const row = await database.users.get(id);
  expect(row?.attributes['lastName']).toBe(String(steps.reduce((sum, made) => sum + made)));
});
