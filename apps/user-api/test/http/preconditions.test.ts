import {
  exchangeBytes,
  expectRefusal,
  expectStandardHeaders,
  openConnection,
  type ServiceResponse,
  TEST_USER,
} from '@contract-first/testing';
import { contract } from '@user-api/contract';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { getRequest, patchRequest } from '../support/requests.ts';
import { EXAMPLE_ATTRIBUTES, startService } from '../support/service.ts';
import { expectUntouched } from '../support/untouched.ts';
import { userPath } from '../support/user-path.ts';

/** Holds changes back until as many have come as are to race, so that the store gets them at one moment. */
const start = { awaited: 1, gate: Promise.withResolvers<void>() };
const service = await startService({
  wrapStore: (users) => ({
    ...users,
    async patch(...change) {
      start.awaited -= 1;
      if (start.awaited <= 0) start.gate.resolve();
      await start.gate.promise;
      return users.patch(...change);
    },
  }),
});
afterAll(() => service.close());

function expectRacers(count: number): void {
  start.awaited = count;
  start.gate = Promise.withResolvers<void>();
}

let version = 0;
beforeEach(async () => {
  version = (await service.users.get(TEST_USER))?.version ?? 0;
  expect(version).toBeGreaterThan(0);
});

function patchIf(ifMatch: string, attributes: object = { firstName: 'Matched' }): Promise<ServiceResponse> {
  return service.patch(attributes, { headers: { 'if-match': ifMatch } });
}

function expectStale(reply: ServiceResponse): void {
  expectRefusal(reply, 412, 'precondition-failed', { header: 'If-Match' });
}

describe('H17 the entity tag', () => {
  test('H17 GET, HEAD and PATCH answer with one strong tag, and it stays while the record does', async () => {
    const replies = [
      await service.send(),
      await service.send({ method: 'HEAD' }),
      await service.patch({}),
      await service.send(),
    ];
    expect(new Set(replies.map(({ headers }) => headers['etag']))).toEqual(new Set([`"${version}"`]));
  });

  test('H17 every change gives another tag, which is that of the next GET', async () => {
    const tags = new Set([(await service.send()).headers['etag']]);
    for (const firstName of ['One', 'Two', 'Two']) {
      const changed = await service.patch({ firstName });
      const read = await service.send();
      expect(read.headers['etag']).toBe(changed.headers['etag']);
      tags.add(read.headers['etag']);
    }
    expect(tags.size).toBe(4);
  });
});

describe('H17 If-Match on PATCH', () => {
  test.each([
    ['the current tag', () => `"${version}"`],
    ['blanks around it', () => ` \t"${version}" `],
    ['the current tag in a list', () => `"x", "${version}"`],
    ['a list with empty elements', () => `, "0",,"${version}" ,`],
    ['a weak tag beside the current one', () => `W/"${version}", "${version}"`],
    ['an asterisk', () => '*'],
  ])('H17 %s is met', async (_name, value) => {
    const reply = await patchIf(value());
    expect(reply).toMatchObject({ status: 200, headers: { etag: `"${version + 1}"` } });
    expect(reply.body.data.attributes['firstName']).toBe('Matched');
  });

  const unmet: readonly (readonly [name: string, value: () => string])[] = [
    ['an older tag', () => `"${version - 1}"`],
    ['a newer tag', () => `"${version + 1}"`],
    ['a tag of somebody else', () => '"abc"'],
    ['the empty tag', () => '""'],
    ['the current tag, but weak', () => `W/"${version}"`],
    ['a list without it', () => '"0", "abc", W/"1"'],
    ['a version that is written otherwise', () => `"0${version}", "+${version}", "${version}.0", " ${version}"`],
    ['a version beyond every number', () => `"${'9'.repeat(400)}", "2147483648", "-1"`],
  ];
  const malformed: readonly (readonly [name: string, value: () => string])[] = [
    ['no quotes', () => String(version)],
    ['no value', () => ''],
    ['commas alone', () => ', ,'],
    ['half a quote', () => `"${version}`],
    ['single quotes', () => `'${version}'`],
    ['a weakness in lower case', () => `w/"${version}"`],
    ['no comma between', () => `"${version}" "${version}"`],
    ['an asterisk in a list', () => `*, "${version}"`],
    ['a quoted asterisk', () => '"*"'],
    ['two asterisks', () => '**'],
    ['a right tag before rubbish', () => `"${version}", rubbish`],
    ['rubbish of length', () => `${'"a",'.repeat(2000)}x`],
  ];

  test.each([...unmet, ...malformed])('H17 %s is refused with 412, nothing is stored', async (_name, value) => {
    expectStale(await expectUntouched(service, TEST_USER, () => patchIf(value())));
  });

  test.each([...unmet, ...malformed])(
    'H17 %s is refused with 412 for a PATCH that changes nothing',
    async (_name, value) => {
      expectStale(await expectUntouched(service, TEST_USER, () => patchIf(value(), {})));
    },
  );

  test.each([...unmet, ...malformed])('H17 %s is refused with 412 on GET as well', async (_name, value) => {
    expectStale(await service.send({ headers: { 'if-match': value() } }));
  });

  test('H17 two header lines are one list', async () => {
    const met = await exchangeBytes(service.url, patchRequest(service, {}, 'if-match: "0"', `if-match: "${version}"`));
    expect(met.status).toBe(200);
    const request = patchRequest(service, {}, `if-match: "${version}"`, 'if-match: rubbish');
    expectRefusal(await exchangeBytes(service.url, request), 412, 'precondition-failed', { header: 'If-Match' });
  });

  test('H17 an asterisk does not make a record', async () => {
    const id = '22222222-2222-4222-8222-222222222222';
    const reply = await service.send({
      method: 'PATCH',
      path: userPath(id),
      token: service.token({ sub: id }),
      headers: { 'if-match': '*' },
      body: { data: { type: 'User', id, attributes: { email: 'new@example.com' } } },
    });
    expectRefusal(reply, 404, 'not-found');
    expect(await service.users.get(id)).toBeNull();
  });
});

describe('H17, H18 races', () => {
  test('H17 of ten PATCHes with one tag, one is carried out and nine are answered with 412', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { headers } = await service.send();
      expectRacers(10);
      const race = Array.from({ length: 10 }, (_, index) =>
        patchIf(headers['etag'] ?? '', { firstName: `Racer ${round} ${index}` }),
      );
      const replies = await Promise.all(race);
      const [winner, ...others] = replies.filter(({ status }) => status === 200);
      expect(others).toEqual([]);
      for (const reply of replies.filter((candidate) => candidate !== winner)) expectStale(reply);
      const row = await service.users.get(TEST_USER);
      expect(`"${row?.version}"`).toBe(winner?.headers['etag']);
      expect(row?.attributes['firstName']).toBe(winner?.body.data.attributes['firstName']);
    }
  });

  test('H18 concurrent PATCHes of different attributes are all kept', async () => {
    const values = {
      ...EXAMPLE_ATTRIBUTES,
      email: 'racing@example.com',
      address: { locality: 'Racing' },
      locale: 'en_US',
    };
    for (let round = 0; round < 5; round += 1) {
      const before = await service.users.get(TEST_USER);
      const changes = Object.entries({ ...values, firstName: `First ${round}`, lastName: `Last ${round}` });
      expectRacers(changes.length);
      const replies = await Promise.all(changes.map(([name, value]) => service.patch({ [name]: value })));
      expect(replies.map(({ status }) => status)).toEqual(changes.map(() => 200));
      expect(new Set(replies.map(({ headers }) => headers['etag'])).size).toBe(changes.length);
      const row = await service.users.get(TEST_USER);
      expect(row?.attributes).toEqual(Object.fromEntries(changes));
      expect(row?.version).toBe((before?.version ?? 0) + changes.length);
    }
  });
});

describe('H17 If-None-Match on GET', () => {
  test.each([
    ['the current tag', () => `"${version}"`],
    ['the current tag, weak', () => `W/"${version}"`],
    ['a list with it', () => `"0", W/"${version}", "x"`],
    ['an asterisk', () => '*'],
  ])('H17 %s: 304 with the headers of the 200 but no body', async (_name, value) => {
    const connection = await openConnection(service.url);
    await connection.send(getRequest(service, `if-none-match: ${value()}`, 'connection: close'));
    const reply = await connection.next();
    expect(reply).toMatchObject({ status: 304, headers: { etag: `"${version}"`, vary: 'Accept' } });
    expect(reply.headers).not.toHaveProperty('content-type');
    expect(reply.headers).not.toHaveProperty('content-length');
    expect(reply.headers).not.toHaveProperty('transfer-encoding');
    expectStandardHeaders(reply);
    expect(await connection.rest()).toBe('');
  });

  test.each([
    ['another tag', () => `"${version - 1}"`],
    ['a tag of somebody else', () => '"x", W/"y"'],
    ['a malformed one', () => String(version)],
    ['a malformed list', () => `"${version}" "x"`],
    ['an empty one', () => ''],
  ])('H17 %s: 200 with the record', async (_name, value) => {
    const reply = await service.send({ headers: { 'if-none-match': value() } });
    expect(reply).toMatchObject({ status: 200, headers: { etag: `"${version}"` } });
    expect(reply.body.data.id).toBe(TEST_USER);
  });

  test('H17 If-Match is decided first', async () => {
    const reply = await service.send({ headers: { 'if-match': '"0"', 'if-none-match': '*' } });
    expectStale(reply);
  });

  test('H17 a record that is not there is 404, not 304', async () => {
    const id = '33333333-3333-4333-8333-333333333333';
    const token = service.token({ sub: id });
    const reply = await service.send({ path: userPath(id), token, headers: { 'if-none-match': '*' } });
    expectRefusal(reply, 404, 'not-found');
  });
});

test.each(['If-Match', 'If-None-Match'])('%s of the greatest length that the contract allows arrives', async (name) => {
  const parameter = contract.operations.GetUser.parameters.find((one) => one.name === name);
  const longest = 8_192;
  expect(parameter?.validate('"'.repeat(longest))).toEqual([]);
  expect(parameter?.validate('"'.repeat(longest + 1))).not.toEqual([]);
  const list = '"0", '
    .repeat(longest / 5)
    .concat('"0"')
    .slice(0, longest);
  const reply = await service.send({ headers: { [name]: list } });
  expect(reply.status).toBe(name === 'If-Match' ? 412 : 200);
  const beyond = await service.send({ headers: { [name]: `${list}""` } });
  expectRefusal(beyond, 422, 'invalid-parameter', { header: name });
});

test('an If-Match that is longer is refused for a PATCH as well, and nothing is stored', async () => {
  const headers = { 'If-Match': '"'.repeat(8_193) };
  const reply = await expectUntouched(service, TEST_USER, () => service.patch({ firstName: 'x' }, { headers }));
  expectRefusal(reply, 422, 'invalid-parameter', { header: 'If-Match' });
});
