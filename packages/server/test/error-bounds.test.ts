import { compileContract } from '@contract-first/codegen';
import type { FastifyInstance } from 'fastify';
import { expect, test } from 'vitest';
import { type ContractViolation, createServer } from '../src/index.ts';

/** A contract whose error replies hold a few problems with short sources, or as many as the server sends. */
const bounded = (errors: string, pointer: string) => `
  openapi: 3.1.0
  info: { title: Bounded, version: 1.0.0 }
  security: []
  paths:
    /numbers:
      post:
        operationId: SetNumbers
        requestBody:
          required: true
          content:
            application/json:
              schema: { type: object, additionalProperties: { type: array, items: { type: integer } } }
        responses:
          '204': { description: done }
          '4XX': { $ref: '#/components/responses/Error' }
          default: { $ref: '#/components/responses/Error' }
  components:
    responses:
      Error:
        description: error
        content:
          application/vnd.api+json:
            schema:
              type: object
              properties:
                errors:
                  type: array
                  ${errors}
                  items:
                    type: object
                    properties:
                      source: { type: object, properties: { pointer: { type: string ${pointer} } } }
`;

async function serverOf(text: string) {
  const violations: ContractViolation[] = [];
  const contract = await compileContract(text);
  // The compiler knows no operations of a contract that is compiled at run time.
  const options: object = {
    contract,
    authenticators: {},
    handlers: { SetNumbers: (_request: unknown, reply: Record<number, () => unknown>) => reply[204]?.() },
    onContractViolation: (violation: ContractViolation) => violations.push(violation),
  };
  return { app: createServer(options as Parameters<typeof createServer>[0]), violations };
}

type Sources = readonly (string | undefined)[];

async function sourcesOf(app: FastifyInstance, document: object): Promise<Sources> {
  const headers = { 'content-type': 'application/json' };
  const response = await app.inject({ method: 'POST', url: '/numbers', headers, payload: JSON.stringify(document) });
  expect(response.statusCode).toBe(422);
  const { errors } = response.json<{ errors: readonly { source?: { pointer: string } }[] }>();
  return errors.map(({ source }) => source?.pointer);
}

const wrong = (count: number): readonly string[] => Array.from({ length: count }, () => 'x');

test('an error reply holds as many problems as the contract allows, and no longer pointer', async () => {
  const { app, violations } = await serverOf(bounded('maxItems: 3', ', maxLength: 5'));
  expect(await sourcesOf(app, { a: wrong(5) })).toEqual(['/a/0', '/a/1', '/a/2']);
  expect(await sourcesOf(app, { ab: wrong(1), abc: wrong(1) })).toEqual(['/ab/0', undefined]);
  expect(violations).toEqual([]);
});

test('where the contract has no bounds, the server has its own', async () => {
  const { app } = await serverOf(bounded('minItems: 1', ''));
  expect(await sourcesOf(app, { a: wrong(1001) })).toHaveLength(1000);
  const long = 'a'.repeat(30_000);
  expect(await sourcesOf(app, { [long]: wrong(9) })).toHaveLength(8);
});
