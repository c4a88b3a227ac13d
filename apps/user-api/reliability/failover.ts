import { setTimeout as wait } from 'node:timers/promises';
import { contract } from '@user-api/contract';
import ora, { type Ora } from 'ora';
import { eventTable, type FailoverEvent } from './failover/event.ts';
import { type FailoverOptions, failoverCommand } from './failover/options.ts';
import { type PatroniCluster, startPatroniCluster } from './failover/patroni-cluster.ts';
import type { PatroniTimes } from './failover/patroni-configuration.ts';
import { type PatroniPrograms, requirePatroniPrograms } from './failover/patroni-programs.ts';
import { within } from './harness/deadline.ts';
import { startIdentity } from './harness/identity.ts';
import { runProgram } from './harness/program.ts';
import { startProxy } from './harness/proxy.ts';
import { superviseService, untilStarted } from './harness/service-process.ts';
import { importRecords } from './ledger/import-records.ts';
import { planWriters } from './ledger/record-plan.ts';
import { complaints, outcomeRows, report, table } from './ledger/verdict.ts';
import { startWriters, type Writers } from './ledger/writers.ts';

/** `npm run test:failover`: a PostgreSQL cluster fails over while writers write; see the usage text. */

/** The shortest that Patroni takes. */
const times: PatroniTimes = { ttl: 20, loopWait: 5, retryTimeout: 7 };

/** Milliseconds in which a change must be acknowledged again; what Patroni itself needs, and room for a busy machine. */
const RECOVERY = (times.ttl + 30) * 1000;

/** Milliseconds in which a cluster has to be complete: a copy of the leader is made for the standby. */
const COMPLETION = 120_000;

/** Milliseconds of writing without a disturbance, before each event and at the end. */
const CALM = 3_000;

await runProgram(failoverCommand(), (options: FailoverOptions, signal) =>
  failOver(requirePatroniPrograms(), options, signal),
);

interface Stage {
  readonly cluster: PatroniCluster;
  readonly writers: Writers;
  readonly progress: Ora;
  readonly signal: AbortSignal;
}

async function failOver(
  programs: PatroniPrograms,
  { rounds, writers: count }: FailoverOptions,
  signal: AbortSignal,
): Promise<boolean> {
  await using stack = new AsyncDisposableStack();
  const progress = stack.adopt(ora(), (shown) => void shown.stop());
  progress.start('starting the cluster');
  const cluster = stack.use(await startPatroniCluster(programs, times));
  const identity = stack.use(await startIdentity());
  await completed({ cluster, signal });
  const plans = planWriters(count);
  await importRecords(cluster.url, plans);
  progress.start('starting the service');
  const settings = { databaseUrl: cluster.url, issuer: identity.issuer };
  const services = [stack.use(await superviseService(settings)), stack.use(await superviseService(settings))];
  for (const service of services) await untilStarted(service, RECOVERY, signal);
  const proxy = stack.use(await startProxy(services.map(({ port }) => port)));
  const url = `http://127.0.0.1:${proxy.port}${contract.basePath}`;
  const writers = stack.use(startWriters({ url, token: identity.token, plans }));
  const events = await runEvents({ cluster, writers, progress, signal }, rounds);
  await wait(CALM, undefined, { signal });
  await writers.finish();
  progress.stop();
  console.log(`Patroni: ttl ${times.ttl} s, loop_wait ${times.loopWait} s, retry_timeout ${times.retryTimeout} s\n`);
  console.log(`${eventTable(events)}\n\n${table(outcomeRows(writers, services))}`);
  return report(complaints(writers, services));
}

async function runEvents(stage: Stage, rounds: number): Promise<readonly FailoverEvent[]> {
  const events: FailoverEvent[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    events.push(await runEvent(stage, 'switch-over', switchOver));
    events.push(await runEvent(stage, 'kill of the leader', killLeader));
  }
  return events;
}

async function runEvent(
  stage: Stage,
  name: string,
  event: (cluster: PatroniCluster) => Promise<void>,
): Promise<FailoverEvent> {
  const { cluster, writers, progress, signal } = stage;
  const { acknowledgements, ledger, refusals } = writers;
  progress.start(`writing, ${ledger.acknowledged} changes acknowledged`);
  await wait(CALM, undefined, { signal });
  progress.start(`${name}, ${ledger.acknowledged} changes acknowledged`);
  const before = { begin: performance.now(), acknowledged: ledger.acknowledged, refused: refusals.total };
  const led = event(cluster).then(() => performance.now());
  const recovery = led.then(() => acknowledgements.next());
  await within(recovery, RECOVERY, `${name}: no change was acknowledged`, signal).catch(withLog(stage));
  await completed(stage);
  await within(acknowledgements.next(), RECOVERY, `${name}: no more changes were acknowledged`, signal);
  return {
    name,
    election: (await led) - before.begin,
    gap: acknowledgements.longestGap(before.begin, performance.now()),
    acknowledged: ledger.acknowledged - before.acknowledged,
    refused: refusals.total - before.refused,
  };
}

async function switchOver(cluster: PatroniCluster): Promise<void> {
  const leader = await cluster.complete();
  await cluster.switchOver(leader);
  await cluster.leaderOtherThan(leader);
}

/** The killed node may come back when the other one leads; until then it would go on as the leader. */
async function killLeader(cluster: PatroniCluster): Promise<void> {
  const leader = await cluster.complete();
  await leader.kill();
  await cluster.leaderOtherThan(leader);
  leader.start();
}

/** Resolves once the leader has a synchronous standby. */
async function completed(stage: Pick<Stage, 'cluster' | 'signal'>): Promise<void> {
  const complete = stage.cluster.complete();
  await within(complete, COMPLETION, 'the leader got no standby', stage.signal).catch(withLog(stage));
}

/** Shows what Patroni wrote, unless it was interrupted. */
function withLog({ cluster, signal }: Pick<Stage, 'cluster' | 'signal'>): (error: unknown) => never {
  return (error) => {
    if (!signal.aborted) console.error(cluster.log());
    throw error;
  };
}
