import { expectFaults, TEST_USER } from '@contract-first/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleUser, startService, updateDocument } from '../support/service.ts';
import { userPath } from '../support/user-path.ts';

const service = await startService();
afterAll(() => service.close());

const OTHER = '7f3f3a31-6f0b-4a5e-8d1c-3d2f9b6c1a20';
const MISSING = '11111111-2222-4333-8444-555555555555';
const ADMIN = '99999999-8888-4777-8666-555555555555';
const READ_WRITE = 'user:users:read user:users:write';

beforeAll(() => service.users.import([exampleUser(OTHER)]));

const ids = { own: TEST_USER, other: OTHER, missing: MISSING, malformed: `urn:uuid:${TEST_USER}` };

/** Claims of the tokens; null is no token. */
const senders = {
  nobody: null,
  user: { sub: TEST_USER },
  otherUser: { sub: OTHER },
  userWithoutRecord: { sub: MISSING },
  admin: { sub: ADMIN, scope: `${READ_WRITE} user:users:admin` },
  adminOnly: { sub: ADMIN, scope: 'user:users:admin' },
  withoutScopes: { sub: TEST_USER, scope: '' },
  client: { sub: 'test-client' },
  /** Its own token too: the subject looks like a user's id, but is the client's. */
  clientNamedLikeUser: { sub: TEST_USER, client_id: TEST_USER },
} as const;

type Sender = keyof typeof senders;
type Id = keyof typeof ids;
type Outcome = 'ok' | 'token' | 'scope' | 'owner' | 'none';

/** For the two operations of the contract. Each row: own, other's, missing, malformed id. */
const table: Readonly<Record<Sender, readonly [Outcome, Outcome, Outcome, Outcome]>> = {
  nobody: ['token', 'token', 'token', 'none'],
  user: ['ok', 'owner', 'owner', 'none'],
  otherUser: ['owner', 'ok', 'owner', 'none'],
  userWithoutRecord: ['owner', 'owner', 'none', 'none'],
  admin: ['ok', 'ok', 'none', 'none'],
  adminOnly: ['scope', 'scope', 'scope', 'none'],
  withoutScopes: ['scope', 'scope', 'scope', 'none'],
  client: ['owner', 'owner', 'owner', 'none'],
  clientNamedLikeUser: ['owner', 'owner', 'owner', 'none'],
};

const refusals: Readonly<Record<Exclude<Outcome, 'ok'>, readonly [status: number, fault: string]>> = {
  token: [401, 'missing-token -'],
  scope: [403, 'insufficient-scope Authorization'],
  owner: [403, 'not-owner Authorization'],
  none: [404, 'not-found -'],
};

// Object.entries forgets the names that the types of the tables have.
const rows = (Object.keys(table) as Sender[]).flatMap((sender) =>
  (Object.keys(ids) as Id[]).map((id, at) => ({ sender, id, outcome: table[sender][at] ?? 'ok' })),
);

function tokenOf(sender: Sender): string | null {
  const claims = senders[sender];
  return claims === null ? null : service.token(claims);
}

function send(method: string, sender: Sender, id: Id) {
  const hasBody = ['PATCH', 'PUT', 'POST'].includes(method);
  const body = hasBody ? updateDocument({ firstName: 'Changed' }, { id: ids[id] }) : undefined;
  return service.send({ method, path: userPath(ids[id]), token: tokenOf(sender), body });
}

const stored = () => Promise.all([TEST_USER, OTHER, MISSING, ADMIN].map((id) => service.users.get(id)));

describe.each(['GET', 'PATCH'])('O1 %s', (method) => {
  test.each(rows)('O1 $sender, $id id: $outcome', async ({ sender, id, outcome }) => {
    const before = await stored();
    const { count } = service.storeCalls;
    const response = await send(method, sender, id);
    if (outcome === 'ok') {
      expect(response.status).toBe(200);
      expect(response.body.data.id).toBe(ids[id]);
    } else {
      expectFaults(response, ...refusals[outcome]);
      const mayAsk = outcome === 'none' && id === 'missing';
      if (!mayAsk) expect(service.storeCalls.count).toBe(count);
    }
    const changed = (await stored()).filter((row, at) => row?.version !== before[at]?.version);
    expect(changed.map((row) => row?.id)).toEqual(outcome === 'ok' && method === 'PATCH' ? [ids[id]] : []);
  });
});

test.each(rows)('O1, H3 HEAD is answered like GET: $sender, $id id', async ({ sender, id }) => {
  const [head, get] = [await send('HEAD', sender, id), await send('GET', sender, id)];
  expect([head.status, head.text]).toEqual([get.status, '']);
  expect(head.headers['etag']).toBe(get.headers['etag']);
  expect(head.headers['www-authenticate']).toBe(get.headers['www-authenticate']);
});

describe.each(['PUT', 'DELETE', 'POST'])('O1 %s is offered to nobody', (method) => {
  test.each(rows)('O1 $sender, $id id', async ({ sender, id }) => {
    const before = await stored();
    const { count } = service.storeCalls;
    const response = await send(method, sender, id);
    expectFaults(response, 405, 'method-not-allowed -');
    expect(response.headers['allow']).toBe('GET, HEAD, OPTIONS, PATCH');
    expect(service.storeCalls.count).toBe(count);
    expect(await stored()).toEqual(before);
  });
});

test.each(rows)('O1, H2 OPTIONS tells everybody the same: $sender, $id id', async ({ sender, id }) => {
  const { count } = service.storeCalls;
  const { status, text, headers } = await send('OPTIONS', sender, id);
  expect([status, text, headers['allow']]).toEqual([200, '', 'GET, HEAD, OPTIONS, PATCH']);
  expect(service.storeCalls.count).toBe(count);
});
