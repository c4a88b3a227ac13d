import { compileContract } from '@contract-first/codegen';
import { expect, test } from 'vitest';
import { type ContractViolation, createServer } from '../src/index.ts';

/** A contract whose success declares headers, given in YAML on one line. */
const contractWith = (headers: string, content = '') => `
  openapi: 3.1.0
  info: { title: Things, version: 1.0.0 }
  security: []
  paths:
    /thing:
      get:
        operationId: GetThing
        responses: { '200': { description: here, headers: { ${headers} }${content} } }
`;

const body = ', content: { application/json: { schema: { type: object } } }';

async function answer(text: string, headers: object, more: object = {}) {
  const violations: ContractViolation[] = [];
  // The compiler knows no operations of a contract that is compiled at run time.
  const options: object = {
    contract: await compileContract(text),
    authenticators: {},
    handlers: {
      GetThing: (_request: unknown, reply: Record<number, (...args: object[]) => unknown>) =>
        text.includes('content:') ? reply[200]?.({}, headers) : reply[200]?.(headers),
    },
    onContractViolation: (violation: ContractViolation) => violations.push(violation),
    ...more,
  };
  const app = createServer(options as Parameters<typeof createServer>[0]);
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const reply = await fetch(`${url}/thing`);
  const document: unknown = reply.headers.get('content-type')?.includes('json') ? await reply.json() : null;
  await app.close();
  return { status: reply.status, headers: reply.headers, document, faults: violations.flatMap(({ faults }) => faults) };
}

test.each([
  ['a boolean', 'boolean', true, 'true'],
  ['a number', 'number', 0.5, '0.5'],
  ['an integer', 'integer', 0, '0'],
  ['a text that reads like a number', 'string', '007', '007'],
])('G12 %s that a header needs is written as text', async (_what, type, value, text) => {
  const { status, headers, faults } = await answer(
    contractWith(`X-Value: { required: true, schema: { type: ${type} } }`),
    {
      'X-Value': value,
    },
  );
  expect([status, headers.get('x-value'), faults]).toEqual([200, text, []]);
});

test.each([
  ['boolean', 'yes'],
  ['boolean', 1],
  ['integer', 1.5],
  ['integer', 'one'],
  ['string', 1],
])('G12 for a header that is a %s, %j is a contract violation', async (type, value) => {
  const { status, faults } = await answer(contractWith(`X-Value: { schema: { type: ${type} } }`), { 'X-Value': value });
  expect([status, faults]).toEqual([500, [expect.stringMatching(/^header x-value must be /)]]);
});

test.each([
  ['Location', '/items/€', '/items/%E2%82%AC'],
  ['Location', '/items/%E2%82%AC?q=é', '/items/%E2%82%AC?q=%C3%A9'],
  ['Content-Location', '/ü', '/%C3%BC'],
])('G12 what a URI cannot hold is percent-encoded in %s: %s', async (name, value, text) => {
  const { status, headers, faults } = await answer(
    contractWith(`${name}: { required: true, schema: { type: string, format: uri-reference } }`),
    { [name]: value },
  );
  expect([status, headers.get(name), faults]).toEqual([200, text, []]);
});

test.each([
  ['Location', '/items\r\nset-cookie: a=b'],
  ['Location', '/items/\ud800'],
  ['X-Value', 'é'],
  ['X-Value', '€'],
  ['X-Value', 'a\nb'],
  ['X-Value', 'a\0'],
  ['X-Value', ' a'],
])('G12 %s: %j cannot be written: a contract violation, in whatever mode', async (name, value) => {
  for (const contractViolations of ['refuse', 'report']) {
    const { status, headers, document, faults } = await answer(
      contractWith(`${name}: { schema: { type: string } }`),
      { [name]: value },
      { contractViolations },
    );
    expect(status).toBe(500);
    expect(document).toMatchObject({ code: 'internal-error' });
    expect([headers.get(name), headers.get('set-cookie')]).toEqual([null, null]);
    expect(faults).toEqual([`header ${name.toLowerCase()} has characters that a header cannot hold`]);
  }
});

test('G12 what a handler says of caching wins over what the server says by itself', async () => {
  const cached = contractWith(
    "Cache-Control: { required: true, schema: { const: 'public, max-age=60', type: string } }",
  );
  const { status, headers } = await answer(cached, { 'Cache-Control': 'public, max-age=60' });
  expect([status, headers.get('cache-control')]).toEqual([200, 'public, max-age=60']);
});

test('G12 headers that the server writes by itself are there when they are declared', async () => {
  const declared = ['Vary', 'Content-Length', 'Date', 'X-Request-Id', 'Cache-Control'].map(
    (name) => `${name}: { required: true, schema: { type: ${name === 'Content-Length' ? 'integer' : 'string'} } }`,
  );
  const { status, headers, faults } = await answer(contractWith(declared.join(', '), body), {});
  expect([status, faults]).toEqual([200, []]);
  expect([headers.get('vary'), headers.get('content-length'), headers.get('cache-control')]).toEqual([
    'Accept',
    '2',
    'no-store',
  ]);
  const without = await answer(contractWith('Vary: { required: true, schema: { type: string } }'), {});
  expect([without.status, without.headers.get('vary'), without.faults]).toEqual([200, 'Accept', []]);
});
