import { setTimeout as wait } from 'node:timers/promises';
import { type Binaries, type Cluster, createCluster, durable, requireBinaries } from '@contract-first/testing';
import ora, { type Ora } from 'ora';
import { type CrashOptions, crashCommand } from './crash/options.ts';
import { type CrashRound, planCrashes } from './crash/plan.ts';
import { within } from './harness/deadline.ts';
import { startIdentity } from './harness/identity.ts';
import { runProgram } from './harness/program.ts';
import { type ServiceProcess, superviseService, untilStarted } from './harness/service-process.ts';
import { importRecords } from './ledger/import-records.ts';
import { planWriters } from './ledger/record-plan.ts';
import { complaints, outcomeRows, report, table } from './ledger/verdict.ts';
import { startWriters, type Writers } from './ledger/writers.ts';
import { createRandom } from './load/random.ts';

/** `npm run test:crash`: kills the service and its database while writers write; see the usage text. */

/** Milliseconds in which a change must be acknowledged after both are up again; long, for a busy machine. */
const RECOVERY = 60_000;

await runProgram(crashCommand(), (options: CrashOptions, signal) => crash(requireBinaries(), options, signal));

interface Stage {
  readonly cluster: Cluster;
  readonly service: ServiceProcess;
  readonly writers: Writers;
}

async function crash(binaries: Binaries, options: CrashOptions, signal: AbortSignal): Promise<boolean> {
  console.log(`${options.kills} kills of each, ${options.writers} writers, seed ${options.seed}`);
  await using stack = new AsyncDisposableStack();
  const progress = stack.adopt(ora(), (shown) => void shown.stop());
  progress.start('starting');
  const cluster = stack.adopt(await createCluster(binaries, { ...durable, ...options.setting }), (made) =>
    made.remove(),
  );
  await cluster.start();
  const identity = stack.use(await startIdentity());
  const plans = planWriters(options.writers);
  await importRecords(cluster.url, plans);
  signal.throwIfAborted();
  const service = stack.use(await superviseService({ databaseUrl: cluster.url, issuer: identity.issuer }));
  await untilStarted(service, RECOVERY, signal);
  const begin = performance.now();
  const writers = stack.use(startWriters({ url: service.url, token: identity.token, plans }));
  const stage: Stage = { cluster, service, writers };
  await runRounds(stage, planCrashes(options.kills, createRandom(options.seed)), progress, signal);
  const gap = writers.acknowledgements.longestGap(begin, performance.now());
  await writers.finish();
  progress.stop();
  console.log(
    table([
      ['kills of the service', options.kills],
      ['kills of the database', options.kills],
      ...outcomeRows(writers, [service]),
      ['longest time without an acknowledged change', `${((gap.to - gap.from) / 1000).toFixed(1)} s`],
    ]),
  );
  return report(complaints(writers, [service]));
}

async function runRounds(
  stage: Stage,
  rounds: readonly CrashRound[],
  progress: Ora,
  signal: AbortSignal,
): Promise<void> {
  for (const [index, round] of rounds.entries()) {
    const { ledger } = stage.writers;
    const found = ledger.findings.length === 0 ? '' : `, ${ledger.findings.length} FINDINGS`;
    progress.start(`round ${index + 1} of ${rounds.length}, ${ledger.acknowledged} changes acknowledged${found}`);
    await wait(round.delay, undefined, { signal });
    await Promise.all([killService(stage, round), killDatabase(stage, round)]);
    await within(recovered(stage), RECOVERY, 'no change was acknowledged after both were up again', signal);
  }
}

async function killService({ service }: Stage, { service: delay }: CrashRound): Promise<void> {
  if (delay === null) return;
  await wait(delay);
  await service.kill();
}

async function killDatabase({ cluster }: Stage, { database: times }: CrashRound): Promise<void> {
  if (times === null) return;
  await wait(times.delay);
  await cluster.stop('kill');
  await wait(times.downtime);
  await cluster.start();
}

async function recovered({ service, writers }: Stage): Promise<void> {
  await service.started();
  await writers.acknowledgements.next();
}
