import type { Handlers } from '@contract-first/core';
import { contract, type UserDocument } from '@user-api/contract';
import { document as example } from '@user-api/contract/document';
import { describe, expect, test } from 'vitest';
import { type ContractViolation, createServer } from '../src/index.ts';

type Operations = NonNullable<typeof contract.types>;

const id = 'c0daf39b-4df5-4241-9e7d-b1b85f829090';

/** The contract's own example of a record. */
const document = example.components.responses.UserRecord.content['application/vnd.api+json'].examples.user
  .value as UserDocument;

/** What a handler could answer if the compiler did not check it. */
type Answers = (reply: Record<number, (...args: unknown[]) => unknown>) => unknown;

async function answer(answers: Answers, mode: 'refuse' | 'report' = 'refuse') {
  const violations: ContractViolation[] = [];
  const authenticate = async () => ({ subject: id, scopes: new Set(['user:users:read']) });
  // The test breaks what the types forbid.
  const handler = ((_request: unknown, reply: never) => answers(reply)) as unknown as Handlers<Operations>['GetUser'];
  const app = createServer<Operations, Awaited<ReturnType<typeof authenticate>>>({
    contract,
    handlers: { GetUser: handler, UpdateUser: (_request, reply) => reply[200](document, { ETag: '"1"' }) },
    authenticators: { OAuth2: authenticate, OIDC: authenticate },
    contractViolations: mode,
    onContractViolation: (violation) => violations.push(violation),
  });
  const url = contract.basePath + contract.operations.GetUser.path.replace('{userId}', id);
  const response = await app.inject({ url, headers: { authorization: 'Bearer t' } });
  return {
    status: response.statusCode,
    body: response.json(),
    faults: violations.flatMap(({ faults }) => faults),
    response,
  };
}

const { data } = document;
const ETag = '"1"';

describe('a reply that breaks the contract does not leave', () => {
  const wrong: readonly (readonly [string, Answers, string])[] = [
    ['an excess member', (reply) => reply[200]?.({ data, meta: {} }, { ETag }), 'body /meta: is not in the contract'],
    [
      'an excess attribute',
      (reply) => reply[200]?.({ data: { ...data, attributes: { ...data.attributes, role: 1 } } }, { ETag }),
      'body /data/attributes/role: is not in the contract',
    ],
    [
      'a missing attribute',
      (reply) => reply[200]?.({ data: { ...data, attributes: { ...data.attributes, email: undefined } } }, { ETag }),
      "body /data/attributes: must have required property 'email'",
    ],
    [
      'a wrong format',
      (reply) => reply[200]?.({ data: { ...data, id: 'x' } }, { ETag }),
      'body /data/id: must match format "uuid"',
    ],
    ['a missing header', (reply) => reply[200]?.(document), 'header etag is missing'],
    [
      'a malformed header',
      (reply) => reply[200]?.(document, { ETag: '1' }),
      'header etag must match pattern "^"[!#-~]*"$"',
    ],
    ['a missing body', (reply) => reply[200]?.(undefined, { ETag }), 'the body is missing'],
  ];

  test.each(wrong)('%s is answered with 501 and told to the operator', async (_name, answers, fault) => {
    const { status, body, faults } = await answer(answers);
    expect(faults).toEqual([fault]);
    expect([status, body.errors[0].code]).toEqual([501, 'internal-error']);
  });

  test.each<readonly [string, Answers]>([
    ['nothing', () => undefined],
    ['a literal', () => ({ status: 200, body: document })],
    ['an undeclared status', (reply) => reply[418]?.(document) ?? reply[0]?.()],
  ])('a handler that answers %s gives 501', async (_name, answers) => {
    expect((await answer(answers)).status).toBe(501);
  });

  test('report-only lets the reply out and still tells it', async () => {
    const { status, body, faults } = await answer((reply) => reply[200]?.({ data, meta: {} }, { ETag }), 'report');
    expect([status, body.meta, faults.length]).toEqual([200, {}, 1]);
  });

  test('a reply that keeps the contract is left alone', async () => {
    const { status, body, faults } = await answer((reply) => reply[200]?.(document, { ETag }));
    expect([status, body, faults]).toEqual([200, document, []]);
  });
});
