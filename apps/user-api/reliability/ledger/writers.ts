import { setTimeout as wait } from 'node:timers/promises';
import { type Client, ClientError, createClient, NetworkError, TimeoutError } from '@contract-first/client';
import { contract, type operations, type UserDocument } from '@user-api/contract';
import { Tally } from '../load/tally.ts';
import { Ledger, type Observation } from './ledger.ts';
import type { WriterPlan } from './record-plan.ts';
import { valuesOf } from './sequence-values.ts';
import { Timeline } from './timeline.ts';

export interface WritersOptions {
  /** The API's URL, base path included. */
  readonly url: string;
  /** Its user may change every record. */
  readonly token: string;
  readonly plans: readonly WriterPlan[];
}

/** Writers at work, and all that is known about what they did. */
export interface Writers extends AsyncDisposable {
  readonly ledger: Ledger;
  /** When changes were acknowledged, by `performance.now()`. */
  readonly acknowledgements: Timeline;
  /** What was not answered with 200, by status, and by the kind of failure where there was no answer. */
  readonly refusals: Tally;
  /** Answers that the service must not give while its database comes and goes. */
  readonly unexpected: ReadonlySet<string>;
  /** Lets every writer finish, and reads every record once more. */
  finish(): Promise<void>;
}

/** Milliseconds; far more than an answer may take. */
const PATIENCE = 10_000;

/** Milliseconds: between two changes, and after something that failed. */
const PAUSE = { success: 10, failure: 100 };

/** How many changes a writer makes for each time that it reads. */
const CHANGES_PER_READING = 4;

/** 503 tells of the outage, 412 of another writer. Everything else has no place here. */
const expectedStatuses: readonly number[] = [503, 412];

interface Work {
  readonly api: Client<operations>;
  readonly ledger: Ledger;
  readonly acknowledgements: Timeline;
  readonly refusals: Tally;
  readonly unexpected: Set<string>;
}

/** Lets all writers begin. Each waits for the answer to a change before it asks for the next. */
export function startWriters({ url, token, plans }: WritersOptions): Writers {
  const work: Work = {
    api: createClient(contract, { baseUrl: url, token, retry: false, timeout: PATIENCE }),
    ledger: new Ledger(new Set(plans.map(({ record }) => record))),
    acknowledgements: new Timeline(),
    refusals: new Tally(),
    unexpected: new Set(),
  };
  let isStopped = false;
  const running = Promise.all(plans.map((plan) => write(work, plan, () => isStopped)));
  // What one of them failed with is told when they finish.
  running.catch(() => undefined);
  return {
    ...work,
    async [Symbol.asyncDispose]() {
      isStopped = true;
      await Promise.allSettled([running]);
    },
    async finish() {
      isStopped = true;
      await running;
      for (const id of new Set(plans.map(({ record }) => record.id))) await readAtLast(work, id);
    },
  };
}

async function write(work: Work, plan: WriterPlan, isStopped: () => boolean): Promise<void> {
  let version: number | null = null;
  for (let turn = 0; !isStopped(); turn += 1) {
    const isReading: boolean = version === null || turn % (CHANGES_PER_READING + 1) === 0;
    version = isReading ? await read(work, plan.record.id) : await change(work, plan, version);
    // A random part keeps writers from going in step.
    await wait((version === null ? PAUSE.failure : PAUSE.success) * (0.5 + Math.random()));
  }
}

/** @returns the version that was made; null if it has to be read */
async function change(work: Work, { record, part }: WriterPlan, version: number | null): Promise<number | null> {
  const { api, ledger, acknowledgements } = work;
  const base = record.kind === 'conditional' ? version : null;
  const attempt = ledger.begin(record.id, part.name, base);
  const attributes = valuesOf(part.attributes, attempt.sequence);
  const result = await answerOf(
    work,
    api.UpdateUser({
      path: { userId: record.id },
      headers: { 'If-Match': base === null ? undefined : `"${base}"` },
      body: { data: { type: 'User', id: record.id, attributes } },
    }),
  );
  if (result === null || result.status === 503) ledger.leaveUnresolved(attempt);
  else if (!result.ok) ledger.refuse(attempt);
  else {
    const seen = observation(result.headers.etag, result.data);
    ledger.acknowledge(attempt, seen);
    acknowledgements.add(performance.now());
    return seen.version;
  }
  return null;
}

/** @returns the version that was read; null if there is none */
async function read(work: Work, userId: string): Promise<number | null> {
  const reading = work.ledger.beginReading(userId);
  const result = await answerOf(work, work.api.GetUser({ path: { userId } }));
  if (result?.status === 404) work.ledger.endReading(reading, null);
  if (!result?.ok) return null;
  const seen = observation(result.headers.etag, result.data);
  work.ledger.endReading(reading, seen);
  return seen.version;
}

/** @throws {Error} if the record cannot be read although everything is up again */
async function readAtLast(work: Work, userId: string): Promise<void> {
  const end = performance.now() + PATIENCE;
  while ((await read(work, userId)) === null) {
    if (performance.now() > end) throw new Error(`the record ${userId} cannot be read: the service did not recover`);
    await wait(PAUSE.failure);
  }
}

/** @returns null if there is no answer that the contract declares */
async function answerOf<Result extends { readonly ok: boolean; readonly status: number }>(
  { refusals, unexpected }: Work,
  call: Promise<Result>,
): Promise<Result | null> {
  try {
    const result = await call;
    if (!result.ok) {
      refusals.add(String(result.status));
      if (!expectedStatuses.includes(result.status)) unexpected.add(`the status ${result.status}`);
    }
    return result;
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    refusals.add(error.code);
    const isOutage = error instanceof NetworkError || error instanceof TimeoutError;
    if (!isOutage) unexpected.add(error.message);
    return null;
  }
}

function observation(etag: string | undefined, { data: { attributes } }: UserDocument): Observation {
  const version = Number(/^"(\d+)"$/.exec(etag ?? '')?.[1]);
  if (!Number.isInteger(version)) throw new TypeError(`the entity tag ${etag} is no version`);
  return { version, attributes: { ...attributes } };
}
