import { compileContract } from '@contract-first/codegen';
import type { FastifyInstance } from 'fastify';
import { expect, test } from 'vitest';
import { BootError, type ContractViolation, createServer, type ErrorFormat } from '../src/index.ts';

/** A contract with one operation, whose responses and bodies are given in YAML on one line. */
const contractWith = (responses: string, mediaType = 'application/json') => `
  openapi: 3.1.0
  info: { title: Things, version: 1.0.0 }
  security: []
  paths:
    /things:
      post:
        operationId: MakeThing
        parameters: [{ name: size, in: query, schema: { type: integer } }]
        requestBody: { content: { ${mediaType}: { schema: { type: object, required: [name], properties: { name: { type: string } } } } } }
        responses: { '200': { description: made, content: { ${mediaType}: { schema: { type: object } } } }, ${responses} }
`;

interface Started {
  readonly app: FastifyInstance;
  readonly violations: readonly ContractViolation[];
}

async function start(text: string, more: { errorFormat?: ErrorFormat; handler?: () => never } = {}): Promise<Started> {
  const violations: ContractViolation[] = [];
  // The compiler knows no operations of a contract that is compiled at run time.
  const options: object = {
    contract: await compileContract(text),
    authenticators: {},
    handlers: {
      MakeThing:
        more.handler ?? ((_request: unknown, reply: Record<number, (body: object) => unknown>) => reply[200]?.({})),
    },
    onContractViolation: (violation: ContractViolation) => violations.push(violation),
    ...(more.errorFormat && { errorFormat: more.errorFormat }),
  };
  return { app: createServer(options as Parameters<typeof createServer>[0]), violations };
}

const wrong = {
  method: 'POST',
  url: '/things?size=x',
  headers: { 'content-type': 'application/json' },
  payload: '{"na/me":1}',
} as const;

test('G6 a contract that says nothing of errors has problem details, and 400 for invalid requests', async () => {
  const { app, violations } = await start(contractWith(''));
  const reply = await app.inject({ ...wrong, headers: { ...wrong.headers, 'x-request-id': 'a-1' } });
  expect(reply.statusCode).toBe(400);
  expect(reply.headers['content-type']).toBe('application/problem+json');
  expect(reply.json()).toEqual({
    type: 'about:blank',
    title: 'Bad Request',
    status: 400,
    code: 'invalid-parameter',
    detail: expect.any(String),
    requestId: 'a-1',
    errors: [
      { code: 'invalid-parameter', detail: expect.any(String), parameter: 'size' },
      { code: 'missing-member', detail: expect.any(String), pointer: '#' },
    ],
  });
  const statuses = await Promise.all([
    app.inject('/nowhere'),
    app.inject('/things'),
    app.inject({ ...wrong, headers: { accept: 'text/html' } }),
    app.inject({ ...wrong, headers: { 'content-type': 'text/html' } }),
  ]);
  expect(statuses.map(({ statusCode, json }) => [statusCode, json().status])).toEqual(
    [404, 405, 406, 415].map((status) => [status, status]),
  );
  expect(statuses.every(({ headers }) => headers['content-type'] === 'application/problem+json')).toBe(true);
  expect(violations).toEqual([]);
});

test('G6 an unexpected failure is told in the same format', async () => {
  const { app } = await start(contractWith(''), {
    handler: () => {
      throw new Error('secret');
    },
  });
  const reply = await app.inject({ ...wrong, url: '/things', payload: '{"name":"a"}' });
  expect([reply.statusCode, reply.json().code, reply.body.includes('secret')]).toEqual([500, 'internal-error', false]);
});

test.each([
  ['a contract that speaks JSON:API', '', 'application/vnd.api+json', 422, 'application/vnd.api+json'],
  [
    'one that declares problem details',
    '400: { description: wrong, content: { application/problem+json: { schema: { type: object } } } }',
    'application/json',
    400,
    'application/problem+json',
  ],
  [
    'one that declares 422',
    '422: { description: wrong, content: { application/vnd.api+json: { schema: { type: object } } } }',
    'application/json',
    422,
    'application/vnd.api+json',
  ],
  ['one whose errors have no body', '422: { description: wrong }', 'application/json', 422, undefined],
])('G6 the format follows %s', async (_what, responses, mediaType, status, expected) => {
  const { app, violations } = await start(contractWith(responses, mediaType));
  const reply = await app.inject({ ...wrong, headers: { 'content-type': mediaType } });
  expect([reply.statusCode, reply.headers['content-type']]).toEqual([status, expected]);
  expect(violations).toEqual([]);
});

async function faultsOf(text: string, errorFormat?: ErrorFormat): Promise<readonly string[]> {
  const { app } = await start(text, errorFormat && { errorFormat });
  const thrown: unknown = await app.ready().then(
    () => null,
    (error: unknown) => error,
  );
  return thrown instanceof BootError ? thrown.faults : [];
}

const plain =
  '422: { description: wrong, content: { application/json: { schema: { type: object, required: [message] } } } }';

test('G6 a format that is not the declared one does not boot, and the message says which', async () => {
  expect(await faultsOf(contractWith(plain))).toEqual([
    'MakeThing (openapi.yaml:7): status 422 is declared as application/json, and the server answers it as application/problem+json; give an errorFormat that follows the contract',
  ]);
  expect(await faultsOf(contractWith(plain), () => ({ mediaType: 'application/json', body: {} }))).toEqual([
    expect.stringMatching(/status 422 breaks the contract at .* \(must have required property 'message'\)/),
  ]);
  expect(await faultsOf(contractWith(plain), () => ({ mediaType: 'application/json', body: { message: '' } }))).toEqual(
    [],
  );
});

test('G6 a format may write each error as its operation declares it', async () => {
  const format: ErrorFormat = ({ operation, problems: [{ status, detail }] }) => {
    const declared = operation?.responses[String(status)]?.content ?? {};
    return 'application/json' in declared
      ? { mediaType: 'application/json', body: { message: detail } }
      : { mediaType: 'text/plain+json', body: detail };
  };
  const { app } = await start(contractWith(plain), { errorFormat: format });
  expect((await app.inject(wrong)).json()).toEqual({ message: expect.any(String) });
  expect((await app.inject('/nowhere')).headers['content-type']).toBe('text/plain+json');
});
