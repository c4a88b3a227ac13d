import { loadavg } from 'node:os';
import { type Binaries, requireBinaries } from '@contract-first/testing';
import ora from 'ora';
import { readMetrics } from './harness/metrics-page.ts';
import { runProgram } from './harness/program.ts';
import { report, table } from './ledger/verdict.ts';
import { measureCapacity } from './load/capacity.ts';
import { startLoadStage, untilNormal } from './load/stage.ts';
import { type OverloadOptions, overloadCommand } from './overload/options.ts';
import { overloadComplaints, overloadRows } from './overload/verdict.ts';

/** `npm run test:overload`: offers the service more than it can answer; see the usage text. */

await runProgram(overloadCommand(), (options: OverloadOptions, signal) => overload(requireBinaries(), options, signal));

async function overload(binaries: Binaries, options: OverloadOptions, signal: AbortSignal): Promise<boolean> {
  const { seconds, times, connections, p99, seed } = options;
  console.log(`${times} times what it can answer for ${seconds} s, seed ${seed}`);
  await using stack = new AsyncDisposableStack();
  const progress = stack.adopt(ora(), (shown) => void shown.stop());
  progress.start('starting');
  const stage = stack.use(await startLoadStage(binaries, options.setting, signal));
  const before = loadavg();
  progress.start('finding out what it can answer');
  const capacity = await measureCapacity(stage.thread, options.clients, signal);
  const planned = capacity * times;
  progress.start(`offering ${planned.toFixed(0)} requests/s`);
  const load = await stage.thread.run({ kind: 'open', rate: planned, seconds, connections, seed }, signal);
  const recovery = await untilNormal(stage);
  const shed = (await readMetrics(stage.service)).labelled('http_server_requests_shed_total', 'reason');
  progress.stop();
  const outcome = { capacity, planned, load, shed, recovery, p99 };
  const machine = [before, loadavg()].map(([minute = 0]) => minute.toFixed(1)).join(' → ');
  console.log(table([...overloadRows(outcome), ['load average of the machine', machine]]));
  return report([...overloadComplaints(outcome), ...stage.service.ownEnds]);
}
