import { createClient } from '@contract-first/client';
import { compileContract, RefusedDocumentError } from '@contract-first/codegen';
import type { Contract, Operation } from '@contract-first/core';
import { contractChanges, type Impact } from '@contract-first/release';
import { createServer } from '@contract-first/server';
import type { FastifyInstance } from 'fastify';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { contractMutants } from '../../src/contract/contract-mutants.ts';
import { type Operations, thingsContract } from './things-contract.ts';

/** A document after a change. */
interface Change {
  readonly what: string;
  readonly text: string;
}

/** What a person would add, beside the changes of the mutators, which rather take away. */
const additions: readonly Change[] = [
  edited(
    'an optional member of a request',
    'note: { type: string }',
    'note: { type: string }\n        mood: { type: string }',
  ),
  edited(
    'an optional member of a reply',
    'id: { type: string }',
    'id: { type: string }\n        age: { type: integer }',
  ),
  edited('a required member of a reply', 'required: [id]', 'required: [id, colour]'),
  edited(
    'a member of a closed branch',
    'size: { type: integer }\n',
    'size: { type: integer }\n                  weight: { type: integer }\n',
  ),
  edited('a member of errors', 'detail: { type: string }', 'detail: { type: string }\n        more: { type: integer }'),
  edited(
    'an optional parameter',
    '        - { name: tag',
    '        - { name: page, in: query, schema: { type: integer } }\n        - { name: tag',
  ),
  edited(
    'a required parameter',
    '        - { name: tag',
    '        - { name: page, in: query, required: true, schema: { type: integer } }\n        - { name: tag',
  ),
  edited(
    'a header of a reply',
    '            X-Size:',
    '            X-Next: { schema: { type: string } }\n            X-Size:',
  ),
  edited(
    'a status that default stood for',
    "        '404':",
    "        '409':\n          $ref: '#/components/responses/Problem'\n        '404':",
  ),
  edited(
    'an operation',
    '    patch:',
    "    delete:\n      operationId: DeleteThing\n      security: []\n      responses:\n        '204': { description: Gone. }\n        default: { $ref: '#/components/responses/Problem' }\n    patch:",
  ),
  edited('a value of an enum', 'enum: [red, green, null]', 'enum: [red, green, blue, null]'),
  edited('a required member of a request', 'required: [name]', 'required: [name, note]'),
  edited('a description', 'description: A thing.', 'description: The thing.'),
];

function edited(what: string, found: string, replacement: string): Change {
  const text = thingsContract.replace(found, () => replacement);
  if (text === thingsContract) throw new Error(`the document has no ${found}`);
  return { what, text };
}

const mutants: readonly Change[] = contractMutants(thingsContract, 'things.yaml')
  .filter(({ mode }) => mode === 'regenerated')
  .map(({ id, text }) => ({ what: id.replace('regenerated:', ''), text: text() }));

const narrower = 'a client finds nothing that it does not know; people may still wait for what no longer comes';

/** What is rated major although no client of the version before notices it. */
const harmlessMajors: Readonly<Record<string, string>> = {
  'body-requirement-flipped:/paths/~1things~1{thingId}/patch/requestBody/required':
    'less is asked of clients; handlers have to do without a body',
  'enum-value-removed:/components/schemas/Thing/properties/colour/enum#red': narrower,
  'limit-lowered:/components/schemas/Thing/properties/parts/maxItems': narrower,
  'null-refused:/components/schemas/Thing/properties/colour/type': narrower,
  'object-opened:/components/schemas/Thing': 'clients take unknown members anyway; servers may now send any',
  'request-body-removed:/paths/~1things~1{thingId}/patch/requestBody':
    'the body is sent and not read, so that the change which it asks for is not made',
};

const wheels = (count: number): object[] => Array.from({ length: count }, () => ({ kind: 'wheel', size: 1 }));

/** Documents as either side might send them; which of them a version takes, its schemas say. */
const things: readonly unknown[] = [
  { id: 'a' },
  { id: 'a', colour: 'red' },
  { id: 'a', colour: null, parts: [] },
  { id: 'a', colour: 'blue' },
  { id: 'a', colour: 'added' },
  { id: 1, colour: 'red' },
  { id: 'a', colour: 'green', age: 3, parts: [...wheels(1), { kind: 'door', lock: true }] },
  { id: 'a', colour: 'green', parts: [{ kind: 'wheel', size: 1, weight: 2 }] },
  { id: 'a', colour: 'red', parts: [], added: 'a' },
  { id: 'a', parts: wheels(4) },
  { idRenamed: 'a' },
  {},
  null,
  [],
  'text',
];
const updates: readonly object[] = [
  { name: 'n' },
  { name: 'n', note: 'x' },
  { name: 'eight ch', note: '' },
  { name: 'n', mood: 'x' },
];
const problems: readonly unknown[] = [{}, { detail: 'x' }, { detail: 'x', more: 1 }];

/** A value of each type, for headers. */
const samples = { string: 'a', integer: 1, number: 1, boolean: true };

interface Reply {
  readonly status: number;
  /** undefined for none */
  readonly body: unknown;
  readonly hasOptionalHeaders: boolean;
}

/** Every reply that a server of the contract may give to an operation. */
function repliesOf({ operations }: Contract<Operations>, operationId: keyof Operations): readonly Reply[] {
  const statuses = { 200: things, 404: problems, 409: problems, 418: things };
  return Object.entries(statuses).flatMap(([status, bodies]) => {
    // A change may have taken the operation away.
    const operation: Operation | undefined = operations[operationId];
    const declared = operation?.responses[status];
    if (declared === undefined) return [];
    const [content] = Object.values(declared.content);
    const taken = content === undefined ? [undefined] : bodies.filter((body) => content.validate(body).length === 0);
    return taken.map((body, index) => ({ status: Number(status), body, hasOptionalHeaders: index > 0 }));
  });
}

/** A server of the contract, whose handlers answer what is given for their operation. */
async function serve(contract: Contract<Operations>, reply: (operationId: string) => Reply) {
  type Answers = Readonly<Record<number, (...args: unknown[]) => unknown>>;
  const handlers = Object.values<Operation>(contract.operations).map(({ operationId, responses }) => [
    operationId,
    (_request: unknown, answers: Answers) => {
      const { status, body, hasOptionalHeaders } = reply(operationId);
      const declared = Object.entries(responses[status]?.headers ?? {});
      const given = declared.filter(([, { required }]) => required || hasOptionalHeaders);
      const headers = Object.fromEntries(given.map(([name, { type }]) => [name, samples[type]]));
      return body === undefined ? answers[status]?.(headers) : answers[status]?.(body, headers);
    },
  ]);
  // The document was changed at random: what the handlers answer is checked when they do.
  const options: object = {
    contract,
    handlers: Object.fromEntries(handlers),
    authenticators: {},
    errorFormat: () => ({ mediaType: 'application/json', body: { detail: 'refused' } }),
  };
  const app = createServer(options as Parameters<typeof createServer>[0]);
  await app.ready();
  return app;
}

/** Sends a client's requests into a server without a network, of which there would be more than a thousand. */
function injecting(app: FastifyInstance): (request: Request) => Promise<Response> {
  return async (request) => {
    const { statusCode, headers, rawPayload } = await app.inject({
      // The client sends no other methods than those of HTTP.
      method: request.method as 'GET',
      url: request.url,
      headers: Object.fromEntries(request.headers),
      payload: Buffer.from(await request.arrayBuffer()),
    });
    const fields = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
    return new Response(rawPayload.length === 0 ? null : new Uint8Array(rawPayload), {
      status: statusCode,
      headers: fields,
    });
  };
}

/** Whether the operation is still there, with a success. */
function isServed({ operations }: Contract<Operations>, operationId: string): boolean {
  return Object.values<Operation>(operations).some((one) => one.operationId === operationId && one.responses['200']);
}

/** What goes wrong between a client of one contract and a server of another. */
async function breakages(old: Contract<Operations>, now: Contract<Operations>): Promise<readonly string[]> {
  let reply: Reply | undefined;
  const app = await serve(now, () => reply ?? { status: 500, body: {}, hasOptionalHeaders: true });
  const options = { baseUrl: `http://127.0.0.1${old.basePath}`, retry: false, fetch: injecting(app) } as const;
  const api = createClient(old, options);
  const path = { thingId: 'abcdefgh' };
  const found = Object.keys(old.operations).filter((operationId) => !isServed(now, operationId));
  const expectReply = async (what: string, call: Promise<{ readonly status: number }>) => {
    const outcome = await call.then(({ status }) => status, String);
    if (outcome !== reply?.status) found.push(`${what}: ${outcome}`);
  };
  for (reply of repliesOf(now, 'GetThing')) await expectReply('a reply', api.GetThing({ path }));
  if (reply !== undefined)
    for (const tag of ['', 'abcd']) await expectReply('a parameter', api.GetThing({ path, query: { tag } }));
  [reply] = repliesOf(now, 'UpdateThing');
  const takes = old.operations.UpdateThing.requestBody?.content['application/json']?.validate;
  const bodies = reply === undefined ? [] : updates.filter((one) => takes?.(one).length === 0);
  for (const body of bodies) await expectReply('a request', api.UpdateThing({ path, body }));
  await app.close();
  return found;
}

/** null where the generator refuses the changed document. */
async function compiled({ text }: Change): Promise<Contract<Operations> | null> {
  try {
    return await compileContract<Operations>(text, 'things.yaml');
  } catch (error) {
    if (error instanceof RefusedDocumentError) return null;
    throw error;
  }
}

function impactOf({ text }: Change): Impact | null {
  const impacts = contractChanges(parse(thingsContract), parse(text)).map(({ impact }) => impact);
  return (['major', 'minor', 'patch'] as const).find((impact) => impacts.includes(impact)) ?? null;
}

/** All that is rated less than major, and of the rest one of each kind: to start a server takes its time. */
function isTried(): (change: Change) => boolean {
  const kinds = new Set<string>();
  return (change) => {
    const [kind = ''] = change.what.split(':');
    if (impactOf(change) === 'major' && kinds.has(kind)) return false;
    kinds.add(kind);
    return true;
  };
}

const old = await compileContract<Operations>(thingsContract, 'things.yaml');

test('a client and a server of one version get on', async () => {
  expect(repliesOf(old, 'GetThing').length).toBeGreaterThan(4);
  expect(await breakages(old, old)).toEqual([]);
});

test('G8 whatever is rated minor or a patch breaks no client of the version before', async () => {
  const broken: Record<string, readonly string[]> = {};
  const harmless: string[] = [];
  let tried = 0;
  for (const change of [...additions, ...mutants.filter(isTried())]) {
    const now = await compiled(change);
    if (now === null) continue;
    tried += 1;
    const found = await breakages(old, now).catch((error: unknown) => [String(error)]);
    if (impactOf(change) === 'major') found.length === 0 && harmless.push(change.what);
    else if (found.length > 0) broken[change.what] = found;
  }
  expect(broken).toEqual({});
  expect(tried).toBeGreaterThan(50);
  expect(harmless.sort()).toEqual(Object.keys(harmlessMajors).sort());
});
