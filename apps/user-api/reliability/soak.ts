import { loadavg } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { type Binaries, requireBinaries } from '@contract-first/testing';
import ora, { type Ora } from 'ora';
import { runProgram } from './harness/program.ts';
import { report, type TableRow, table } from './ledger/verdict.ts';
import { measureCapacity } from './load/capacity.ts';
import { sendFaults } from './load/faulty-requests.ts';
import { createRandom } from './load/random.ts';
import { type LoadStage, startLoadStage, untilNormal } from './load/stage.ts';
import { type SoakOptions, soakCommand } from './soak/options.ts';
import { createSampler, type Sampler, sources } from './soak/samples.ts';
import { type Series, seriesTable } from './soak/series.ts';
import { type SoakOutcome, soakComplaints } from './soak/verdict.ts';

/** `npm run test:soak`: a steady load for some minutes, while nothing may grow; see the usage text. */

/** As in production the limits count every request; nobody of this load reaches them. */
const limits = { RATE_LIMIT: '1000000', RATE_LIMIT_SUBJECT: '1000000' };

const collectGarbage = `--import=${new URL('./soak/collect-garbage.ts', import.meta.url).href}`;

/** One request in so many is faulty. */
const FAULTY = 0.1;

const CLIENTS = 64;

/** Milliseconds in which connections must be closed when nobody needs them; the pool keeps idle ones for 10 s. */
const SETTLING = 30_000;

await runProgram(soakCommand(), (options: SoakOptions, signal) => soak(requireBinaries(), options, signal));

async function soak(binaries: Binaries, options: SoakOptions, signal: AbortSignal): Promise<boolean> {
  const { minutes, share, seed } = options;
  console.log(`${share} of what it can answer for ${minutes} min, one request in ten faulty, seed ${seed}`);
  await using stack = new AsyncDisposableStack();
  const progress = stack.adopt(ora(), (shown) => void shown.stop());
  progress.start('starting');
  const stage = stack.use(await startLoadStage(binaries, environmentOf(options), signal));
  if ((await untilNormal(stage)) === null) throw new Error('The service does not answer.');
  const sampler = createSampler(stage.service, binaries, stage.databaseUrl);
  const before = await sampler();
  progress.start('finding out what it can answer');
  const capacity = await measureCapacity(stage.thread, CLIENTS, signal);
  const machine = loadavg()[0] ?? 0;
  const work: Work = { stage, sampler, progress, before, rate: capacity * share };
  const outcome = await watchLoad(work, options, signal);
  progress.stop();
  const averages = `${machine.toFixed(1)} → ${(loadavg()[0] ?? 0).toFixed(1)}`;
  const rows: readonly TableRow[] = [['capacity, requests/s', capacity.toFixed(0)], ...outcomeRows(outcome)];
  console.log(`${table([...rows, ['load average of the machine', averages]])}\n\n${seriesTable(outcome.series)}`);
  return report([...soakComplaints(outcome), ...stage.service.ownEnds]);
}

function environmentOf({ setting }: SoakOptions): Readonly<Record<string, string>> {
  const { NODE_OPTIONS = '', ...others } = setting;
  return { ...limits, ...others, NODE_OPTIONS: `${collectGarbage} ${NODE_OPTIONS}` };
}

interface Work {
  readonly stage: LoadStage;
  readonly sampler: Sampler;
  readonly progress: Ora;
  /** The samples without any load. */
  readonly before: readonly number[];
  /** Requests a second. */
  readonly rate: number;
}

async function watchLoad(work: Work, { minutes, seed }: SoakOptions, signal: AbortSignal): Promise<SoakOutcome> {
  const { stage, sampler, before, rate } = work;
  const seconds = minutes * 60;
  const target = { port: stage.service.port, users: stage.users };
  const sound = { kind: 'open', rate: rate * (1 - FAULTY), seconds, connections: CLIENTS, seed } as const;
  const faulty = { rate: rate * FAULTY, seconds, random: createRandom(`${seed} faults`) };
  const [load, faults, samples] = await Promise.all([
    stage.thread.run(sound, signal),
    sendFaults(target, faulty, signal),
    takeSamples(work, seconds, signal),
  ]);
  await stage.thread[Symbol.asyncDispose]();
  const after = await settled(sampler, before, signal);
  return { load, faults, series: seriesOf(samples, before, after) };
}

interface Sample {
  readonly at: number;
  readonly values: readonly number[];
}

/** @returns at least thirty samples, one every few seconds */
async function takeSamples(
  { sampler, progress }: Work,
  seconds: number,
  signal: AbortSignal,
): Promise<readonly Sample[]> {
  const interval = Math.min(5_000, (seconds * 1000) / 30);
  const end = performance.now() + seconds * 1000;
  const samples: Sample[] = [];
  while (performance.now() < end) {
    progress.start(`${((end - performance.now()) / 1000).toFixed(0)} s to go`);
    samples.push({ at: performance.now(), values: await sampler() });
    await wait(interval, undefined, { signal });
  }
  return samples;
}

/** @returns the samples when all is as before, or when it should be */
async function settled(sampler: Sampler, before: readonly number[], signal: AbortSignal): Promise<readonly number[]> {
  const end = performance.now() + SETTLING;
  for (;;) {
    const now = await sampler();
    const isSettled = sources.every(({ remainder }, index) => {
      return remainder === null || (now[index] ?? 0) <= (before[index] ?? 0) + remainder;
    });
    if (isSettled || performance.now() > end) return now;
    await wait(500, undefined, { signal });
  }
}

function seriesOf(samples: readonly Sample[], before: readonly number[], after: readonly number[]): readonly Series[] {
  return sources.map((rule, index) => ({
    rule,
    points: samples.map(({ at, values }) => ({ at, value: values[index] ?? 0 })),
    before: before[index] ?? 0,
    after: after[index] ?? 0,
  }));
}

function outcomeRows({ load, faults }: SoakOutcome): readonly TableRow[] {
  return [
    ['sound requests/s', (load.offered / load.sending).toFixed(0)],
    ...load.outcomes.map(([what, count]): TableRow => [`  answered with ${what}`, count]),
    ['200, p99 in ms', load.accepted.p99.toFixed(0)],
    ['faulty requests', faults.outcomes.total],
    ...faults.outcomes.entries.map(([what, count]): TableRow => [`  ${what}`, count]),
  ];
}
