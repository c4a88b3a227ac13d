import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contractFile, redocly, redoclyJson, root } from '@contract-first/release';
import { contract } from '@user-api/contract';
import { type RunningService, startService } from '../reliability/harness/running-service.ts';
import {
  type Archive,
  type DriftReport,
  driftComplaints,
  failedChecks,
  type RespectReport,
  undeclaredExchanges,
} from './live-report.ts';

/**
 * Starts the service, carries out the workflow over HTTP, and compares what went over the wire with openapi.yaml.
 * Exits with 1 if a check of the workflow failed, if something is not documented, or if the service does not stop in
 * order.
 */

const workflow = 'apps/user-api/workflows/change-user.arazzo.yaml';
const archive = '.reports/live.har';
const respectReport = '.reports/live.respect.json';

const users = {
  userId: 'c0daf39b-4df5-4241-9e7d-b1b85f829090',
  otherUserId: 'aaaaaaaa-4df5-4241-9e7d-b1b85f829090',
};

const directory = mkdtempSync(join(tmpdir(), 'user-api-live-'));
try {
  mkdirSync(`${root}.reports`, { recursive: true });
  for (const file of [archive, respectReport]) rmSync(root + file, { force: true });
  const complaints = await run(directory);
  for (const complaint of complaints) console.error(complaint);
  if (complaints.length > 0) {
    console.error(
      `Correct the service or openapi.yaml. The traffic is in ${archive}, the checks are in ${respectReport}.`,
    );
    process.exitCode = 1;
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}

async function run(dataDirectory: string): Promise<string[]> {
  await using service = await startService(dataDirectory);
  await respect(service);
  const exchanges = exchangesWith(service);
  const drift = await driftReport(service);
  const complaints = [
    ...failedChecks(read<RespectReport>(respectReport)),
    ...driftComplaints(drift, exchanges.length),
    ...undeclaredExchanges(exchanges, contract, service.url),
  ];
  console.log(`${exchanges.length} exchanges, ${complaints.length} complaints`);
  const code = await service.stop();
  return code === 0 ? complaints : [...complaints, `The service ended with ${code ?? 'a signal'} when it was stopped.`];
}

/** A workflow that fails is told by its report; without a report there is nothing to read below. */
async function respect({ url, issuer }: RunningService): Promise<void> {
  const servers = ['-S', `api=${url}`, '-S', `identityProvider=${issuer}`];
  const outputs = ['--har-output', archive, '--json-output', respectReport];
  await redocly('respect', workflow, ...servers, '--input', JSON.stringify(users), ...outputs);
}

function exchangesWith({ url }: RunningService): Archive['log']['entries'] {
  return read<Archive>(archive).log.entries.filter(({ request }) => request.url.startsWith(url));
}

async function driftReport({ url }: RunningService): Promise<DriftReport> {
  // The shape is Redocly's own; a count that is missing makes it a complaint.
  return (await redoclyJson('drift', archive, '--api', contractFile, '--server', url)) as DriftReport;
}

/** Redocly wrote the file; a member that is missing fails where it is used. */
function read<Shape>(file: string): Shape {
  return JSON.parse(readFileSync(root + file, 'utf8')) as Shape;
}
