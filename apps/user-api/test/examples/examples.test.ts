import { createClient } from '@contract-first/client';
import { TEST_USER } from '@contract-first/testing';
import { contract, type UserDocument, type UserUpdateDocument } from '@user-api/contract';
import { document } from '@user-api/contract/document';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { replyExamples, requestExamples } from '../support/documented-examples.ts';
import { provocable, provoke } from '../support/provocations.ts';
import { startService, type TestService } from '../support/service.ts';

/** Every example of the contract goes through the real client to the real server and comes back as documented. */

const requests = requestExamples(document);
const replies = replyExamples(document);
const successes = replies.filter(({ status }) => status < 300);
const errors = replies.filter(({ status }) => status >= 400);

let service: TestService;

beforeAll(async () => {
  service = await startService();
});

afterAll(() => service.close());

describe('an example of a request', () => {
  beforeEach(async () => {
    const { createdAt: _, ...attributes } = documentedRecord().data.attributes;
    await service.users.patch(TEST_USER, attributes, null);
  });

  function client() {
    return createClient(contract, { baseUrl: service.url, token: service.token() });
  }

  test.each(requests)(
    '$operationId $name is answered with the documented record, as changed by it',
    async ({ value }) => {
      // The generator refuses examples that break their schema.
      const body = value as UserUpdateDocument;
      const documented = documentedRecord();
      const result = await client().UpdateUser({ path: { userId: body.data.id }, body });
      const attributes = { ...documented.data.attributes, ...body.data.attributes };
      expect(result).toMatchObject({ ok: true, status: 200 });
      expect(result.ok && result.data).toEqual({ data: { ...documented.data, attributes } });
    },
  );

  test.each(successes)('$status $name is what is read', async ({ value }) => {
    const documented = value as UserDocument;
    const result = await client().GetUser({ path: { userId: documented.data.id } });
    expect(result.ok && result.data).toEqual(documented);
  });

  test('there are some of each', () => {
    expect(requests.length).toBeGreaterThan(1);
    expect(successes.length).toBeGreaterThan(0);
    expect(errors.length).toBeGreaterThan(10);
  });
});

function documentedRecord(): UserDocument {
  const [success] = successes;
  // The generator refuses examples that break their schema.
  return success?.value as UserDocument;
}

describe('an example of an error', () => {
  test.each(errors)('$status $name comes about as documented, but for the id', async ({ name, status, value }) => {
    const reply = await provoke(name, { contract, checksReplies: true, service });
    expect(reply.status).toBe(status);
    expect(withoutIds(reply.error)).toEqual(withoutIds(value));
    expect(idsOf(reply.error)).toEqual(idsOf(value).map(() => reply.headers['x-request-id']));
  });

  test('every provocation is of an example', () => {
    expect([...provocable].sort()).toEqual(errors.map(({ name }) => name).sort());
  });
});

interface ErrorDocument {
  readonly errors: readonly { readonly id: string }[];
}

function withoutIds(body: unknown): object[] {
  // Both the examples and what the client gives are validated.
  return (body as ErrorDocument).errors.map(({ id: _, ...rest }) => rest);
}

function idsOf(body: unknown): string[] {
  return (body as ErrorDocument).errors.map(({ id }) => id);
}
