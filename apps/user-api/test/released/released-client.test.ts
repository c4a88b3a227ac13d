import { readFile } from 'node:fs/promises';
import { createClient } from '@contract-first/client';
import { compileContract } from '@contract-first/codegen';
import type { Contract, Operation } from '@contract-first/core';
import { contract, type operations, type UserUpdateDocument } from '@user-api/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { replyExamples, requestExamples } from '../support/documented-examples.ts';
import { baseUrl, type ProvokedReply, provoke } from '../support/provocations.ts';
import { JSON_API, startService, type TestService } from '../support/service.ts';

/**
 * A client of the contract that was released last, against today's server: what is out there must go on working until
 * a new major version says otherwise.
 */

const file = new URL('../../../../packages/contract/released/openapi.yaml', import.meta.url);
const text = await readFile(file, 'utf8');
const document: unknown = parse(text);
// Where today's operations differ so much that the types are wrong, a call fails, and with it the test.
const released: Contract<operations> = await compileContract<operations>(text, 'released/openapi.yaml');

const requests = requestExamples(document);
const replies = replyExamples(document);
const errors = replies.filter(({ status }) => status >= 400);

function major(version: string): number {
  return Number(version.split('.')[0]);
}

if (major(contract.version) > major(released.version)) {
  test('a new major version says that clients of the last one may fail', () => {
    expect(major(contract.version)).toBe(major(released.version) + 1);
  });
} else {
  describe(`a client of version ${released.version}`, () => {
    let service: TestService;

    beforeAll(async () => {
      service = await startService();
    });

    afterAll(() => service.close());

    test('has examples to send and errors to expect', () => {
      expect([requests.length, errors.length].every(Boolean)).toBe(true);
    });

    test.each(requests)('sends $operationId $name and reads the record again', async ({ value }) => {
      const options = { baseUrl: baseUrl(service, released), token: service.token(), validate: 'requests' as const };
      const api = createClient(released, options);
      // The generator refuses examples that break their schema.
      const body = value as UserUpdateDocument;
      const path = { userId: body.data.id };
      const changed = await api.UpdateUser({ path, body });
      expectReleased(released.operations.UpdateUser, 200, changed, changed.ok ? changed.data : undefined);
      const read = await api.GetUser({ path });
      expectReleased(released.operations.GetUser, 200, read, read.ok ? read.data : undefined);
      const attributes: unknown = read.ok ? read.data.data.attributes : null;
      expect(attributes).toMatchObject(body.data.attributes ?? {});
    });

    test.each(errors)('understands $status $name', async ({ name, status, operationId, value }) => {
      const reply = await provoke(name, { contract: released, checksReplies: false, service });
      const operation = Object.values<Operation>(released.operations).find((each) => each.operationId === operationId);
      expectReleased(operation, status, reply, reply.error);
      expect(codes(reply.error)).toEqual(codes(value));
    });
  });
}

/**
 * Fails if the reply breaks what was released. Members and statuses that are new do not: a client ignores what it does
 * not know.
 */
function expectReleased(operation: Operation | undefined, status: number, reply: ProvokedReply, body: unknown): void {
  expect(reply.status).toBe(status);
  const response = operation?.responses[String(status)];
  const violations = response?.content[JSON_API]?.validate(body) ?? [];
  expect(response?.content[JSON_API]).toBeDefined();
  expect(violations.filter(({ keyword }) => !/^(?:additional|unevaluated)Properties$/.test(keyword))).toEqual([]);
  for (const [name, header] of Object.entries(response?.headers ?? {})) {
    const value = reply.headers[name];
    if (value === undefined) expect(header.required, `${name} is missing`).toBe(false);
    else expect(header.validate(value), name).toEqual([]);
  }
}

function codes(body: unknown): string[] {
  // It was validated before.
  return (body as { errors: readonly { code: string }[] }).errors.map(({ code }) => code).sort();
}
