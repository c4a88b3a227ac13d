import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { contract } from '@user-api/contract';
import { planArrivals } from './arrivals.ts';
import type { LoadTarget } from './generator.ts';
import { readAnswer } from './http-answer.ts';
import type { Random } from './random.ts';
import { Tally } from './tally.ts';
import { headOf, type LoadUser, readingOf, withBody } from './users.ts';

/** A request as it should not be, on a connection of its own. */
interface Fault {
  readonly name: string;
  /** What is sent, with a pause between the pieces. */
  readonly pieces: (user: LoadUser) => readonly string[];
  /** Status that it must get; null if the client leaves at once. Too much load (503) is always possible. */
  readonly status: number | null;
}

/** Milliseconds between two pieces. */
const PAUSE = 400;

const slice = (text: string, size: number): readonly string[] =>
  Array.from({ length: Math.ceil(text.length / size) }, (_, index) => text.slice(index * size, (index + 1) * size));

const whole = (name: string, status: number, request: (user: LoadUser) => string): Fault => {
  return { name, status, pieces: (user) => [request(user)] };
};

const faults: readonly Fault[] = [
  whole('JSON that ends too early', 422, (user) => withBody(user, '{"data":{')),
  whole('unknown attribute', 422, (user) => withBody(user, attribute(user, { nickname: 'x' }))),
  whole('value against the contract', 422, (user) => withBody(user, attribute(user, { email: 'x' }))),
  whole('foreign record', 403, (user) => readingOf({ ...user, id: 'c0daf39b-4df5-4241-9e7d-b1b85f829090' })),
  whole('token that is none', 401, (user) => readingOf({ ...user, token: 'a.b.c' })),
  whole('token with another signature', 401, (user) => readingOf({ ...user, token: altered(user.token) })),
  whole('unknown path', 404, () => `GET ${contract.basePath}/people HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`),
  whole('unknown method', 405, (user) => `DELETE ${headOf(user)}\r\n`),
  whole(
    'foreign media type',
    415,
    (user) => `PATCH ${headOf(user)}Content-Type: text/plain\r\nContent-Length: 1\r\n\r\nx`,
  ),
  whole('body that is too long', 413, (user) => {
    return `PATCH ${headOf(user)}Content-Type: application/vnd.api+json\r\nContent-Length: 70000\r\n\r\n`;
  }),
  whole('no HTTP', 400, () => 'what is this?\r\n\r\n'),
  { name: 'client that leaves', status: null, pieces: (user) => [readingOf(user)] },
  {
    name: 'client that leaves amid its body',
    status: null,
    pieces: (user) => [withBody(user, attribute(user, { firstName: 'never' })).slice(0, -20)],
  },
  { name: 'slow client', status: 200, pieces: (user) => slice(readingOf(user), 200) },
  { name: 'client that never ends its header', status: 408, pieces: (user) => [`GET ${headOf(user)}`] },
];

function attribute({ id }: LoadUser, attributes: object): string {
  return JSON.stringify({ data: { type: 'User', id, attributes } });
}

/** The last character of a signature has bits that do not count. */
function altered(token: string): string {
  return `${token.slice(0, -10)}${token.slice(-10).split('').toReversed().join('')}`;
}

/** What came of faulty requests. */
export interface FaultRecord {
  readonly outcomes: Tally;
  /** Answers that such a request must not get. */
  readonly unexpected: Tally;
}

/**
 * Sends faulty requests, each kind as often as the others.
 *
 * @param rate requests a second
 */
export async function sendFaults(
  target: LoadTarget,
  { rate, seconds, random }: { readonly rate: number; readonly seconds: number; readonly random: Random },
  signal: AbortSignal,
): Promise<FaultRecord> {
  const record: FaultRecord = { outcomes: new Tally(), unexpected: new Tally() };
  const begin = performance.now();
  const kinds = random.shuffle(faults);
  const running: Promise<void>[] = [];
  for (const [index, at] of planArrivals(rate, seconds, random).entries()) {
    const early = begin + at - performance.now();
    if (early > 0) await wait(early, undefined, { signal });
    const fault = kinds[index % kinds.length];
    const user = target.users[index % target.users.length];
    if (fault && user) running.push(sendFault(target.port, fault, user, record));
  }
  await Promise.all(running);
  return record;
}

async function sendFault(
  port: number,
  { name, pieces, status }: Fault,
  user: LoadUser,
  record: FaultRecord,
): Promise<void> {
  const outcome = await exchange(port, pieces(user), status === null);
  record.outcomes.add(`${name}: ${outcome}`);
  if (status !== null && outcome !== String(status) && outcome !== '503') record.unexpected.add(`${name}: ${outcome}`);
}

/** Milliseconds; more than the service gives a header. */
const PATIENCE = 20_000;

/** @returns the status, or why there is none */
async function exchange(port: number, pieces: readonly string[], isLeaving: boolean): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  const { promise, resolve } = Promise.withResolvers<string>();
  let text = '';
  socket.setEncoding('latin1').on('data', (piece: string) => {
    text += piece;
    const answer = readAnswer(text);
    if (answer !== null) resolve(String(answer.status));
  });
  socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  socket.on('close', () => resolve('no answer'));
  socket.setTimeout(PATIENCE, () => resolve(`no answer within ${PATIENCE / 1000} s`));
  for (const [index, piece] of pieces.entries()) {
    if (index > 0) await wait(PAUSE);
    socket.write(piece, 'latin1', () => isLeaving && resolve('left'));
  }
  const outcome = await promise;
  socket.destroy();
  return outcome;
}
