import { createClient, InvalidRequestError } from '@contract-first/client';
import { checkProbe, type OpenApiDocument, type Probe, probes, sendProbe } from '@contract-first/conformance';
import { type AnyOperations, type Contract, JSON_API, type Operation, untypedContract } from '@contract-first/core';
import { isSame } from './json-equality.ts';
import { declaredErrors } from './own-errors.ts';
import { type SampleCall, type SampleOptions, sampleCalls, sampleReplies } from './sample-exchanges.ts';
import { type StubReply, type StubService, stubService, stubToken } from './stub-service.ts';

/** What became of one operation. */
export interface OperationTrial {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  /** Calls through the client, and how many were answered as declared. */
  readonly calls: Count;
  /** Wrong requests, and how many were refused as they should be. */
  readonly probes: Count;
  /** What went wrong, a line each. */
  readonly faults: readonly string[];
}

export interface Count {
  readonly passed: number;
  readonly all: number;
}

export interface TrialOptions extends Partial<SampleOptions> {
  /** Is told before each operation. */
  readonly onOperation?: (operationId: string) => void;
}

/**
 * Serves a contract with stub handlers on a socket of this machine, calls every operation through the client with valid
 * requests, and sends it the wrong ones of the test kit.
 *
 * What the client was given must be what the handler gets, and what the handler answers what the client gives.
 *
 * @param document the one of the contract
 * @throws {Error} if the server does not boot
 */
export async function tryContract(
  contract: Contract<AnyOperations>,
  document: OpenApiDocument,
  { count = 5, seed = 1, onOperation = () => undefined }: TrialOptions = {},
): Promise<readonly OperationTrial[]> {
  const service = stubService(contract, declaredErrors(contract, document));
  const origin = await service.app.listen({ host: '127.0.0.1', port: 0 });
  const trials: OperationTrial[] = [];
  try {
    for (const operation of Object.values<Operation>(contract.operations)) {
      onOperation(operation.operationId);
      const options = { count, seed };
      const calls = sampleCalls(document, operation, options);
      const replies = sampleReplies(document, operation, options);
      const subject = { contract, document, operation, service, origin, calls, replies, count };
      const called = await tryCalls(subject);
      const probed = await tryProbes(subject);
      const { operationId, method, path } = operation;
      const faults = [...called.faults, ...probed.faults];
      trials.push({ operationId, method, path, calls: called.count, probes: probed.count, faults });
    }
  } finally {
    await service.app.close();
  }
  return trials;
}

interface Subject {
  readonly contract: Contract<AnyOperations>;
  readonly document: OpenApiDocument;
  readonly operation: Operation;
  readonly service: StubService;
  readonly origin: string;
  readonly calls: readonly SampleCall[];
  readonly replies: readonly StubReply[];
  /** How many values are made of a schema. */
  readonly count: number;
}

interface Tried {
  readonly count: Count;
  readonly faults: readonly string[];
}

/** A method of a client whose types are not known. */
type Method = (
  call: SampleCall,
) => Promise<{ readonly status: number; readonly ok: boolean; readonly data?: unknown; readonly error?: unknown }>;

async function tryCalls(subject: Subject): Promise<Tried> {
  const { calls, replies } = subject;
  const faults: string[] = [];
  let all = 0;
  let sent: SampleCall | null = null;
  const success = replies.find(({ status }) => status < 400) ?? replies[0];
  if (success === undefined) return { count: { passed: 0, all: 0 }, faults: ['no valid reply could be made'] };
  for (const call of calls) {
    const found = await tryCall(subject, call, success);
    // What cannot be carried is refused by the client with its reason; that is tried elsewhere.
    if (found === UNSENDABLE) continue;
    sent ??= call;
    all += 1;
    if (found !== null) faults.push(found);
  }
  if (sent === null) return { count: { passed: 0, all }, faults: ['no valid request could be made'] };
  for (const reply of replies) {
    const found = await tryCall(subject, sent, reply);
    all += 1;
    if (found !== null) faults.push(found);
  }
  return { count: { passed: all - faults.length, all }, faults };
}

const UNSENDABLE = 'unsendable';

/** @returns what went wrong; null if nothing did */
async function tryCall(
  { contract, operation, service, origin }: Subject,
  call: SampleCall,
  reply: StubReply,
): Promise<string | null> {
  const { operationId } = operation;
  service.answer(operationId, reply);
  service.takeReceived();
  const known = service.violations.length;
  const client: object = createClient(untypedContract(contract), {
    baseUrl: origin + contract.basePath,
    token: stubToken(ownerOf(operation, call), scopesOf(operation)),
    retry: false,
  });
  // The client has a method for each operation of the contract.
  const method = Reflect.get(client, operationId) as Method;
  try {
    const result = await method(call);
    const violations = service.violations.slice(known);
    if (violations.length > 0) return `the reply breaks the contract: ${violations.join('; ')}`;
    if (result.status !== reply.status)
      return `status ${result.status} instead of ${reply.status}: ${text(result.error)}`;
    const difference = differenceOf(operation, call, service);
    if (difference !== null) return difference;
    const body = result.ok ? result.data : result.error;
    const isGiven = operation.method === 'head' || isSame(body, reply.body);
    return isGiven ? null : `the client gave ${text(body)} instead of ${text(reply.body)}`;
  } catch (error) {
    if (error instanceof InvalidRequestError && isUnwritable(error)) return UNSENDABLE;
    return String(error);
  }
}

function isUnwritable({ faults }: InvalidRequestError): boolean {
  return faults.every(
    ({ in: place, keyword }) => place !== 'body' && ['not', 'minItems', 'format', 'required'].includes(keyword),
  );
}

function differenceOf(operation: Operation, call: SampleCall, service: StubService): string | null {
  const received = service.takeReceived();
  if (received === null) return 'the handler was not called';
  const parts = ['path', 'query', 'headers', 'cookies'] as const;
  const changed = parts.find((part) => !isSame(received[part], call[part]));
  if (changed !== undefined)
    return `${changed}: the handler got ${text(received[changed])} instead of ${text(call[changed])}`;
  const isGiven = isSame(received.body, call.body) || call.contentType === JSON_API;
  return isGiven
    ? null
    : `body: the handler of ${operation.operationId} got ${text(received.body)} instead of ${text(call.body)}`;
}

function text(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 200);
}

function ownerOf({ owner }: Operation, { path }: Pick<SampleCall, 'path'>): string {
  return owner === null ? 'somebody' : String(path[owner.subjectParameter]);
}

function scopesOf({ security }: Operation): readonly string[] {
  return [...new Set(security.flatMap((alternative) => Object.values(alternative).flat()))];
}

async function tryProbes(subject: Subject): Promise<Tried> {
  const { operation, service, origin, calls, replies } = subject;
  const reply = replies.find(({ status }) => status < 300);
  if (reply === undefined) return { count: { passed: 0, all: 0 }, faults: [] };
  const missing = replies.find(({ status }) => status === 404);
  const [call] = calls;
  const elsewhere = missing === undefined || call === undefined ? undefined : { path: call.path, reply: missing };
  service.answer(operation.operationId, reply, elsewhere);
  const faults: string[] = [];
  let all = 0;
  try {
    for (const probe of ownProbes(subject)) {
      all += 1;
      const found = checkProbe(probe, await sendProbe(origin, probe), null);
      if (found.length > 0) faults.push(`${probe.name} — ${found.join('; ')}`);
    }
  } catch (error) {
    faults.push(String(error));
  }
  return { count: { passed: all - faults.length, all }, faults };
}

function ownProbes({ contract, document, operation, calls: [call], count }: Subject): Iterable<Probe> {
  const owner = ownerOf(operation, call ?? { path: {} });
  const environment = {
    tokens: {
      valid: (scopes: readonly string[]) => stubToken(owner, scopes),
      otherUser: (scopes: readonly string[]) => stubToken(`${owner}x`, scopes),
      foreignIssuer: () => 'foreign',
    },
    ...(call !== undefined && { requests: { [operation.operationId]: call } }),
    samples: count,
  };
  return probes(contract, document, environment, [operation]);
}
