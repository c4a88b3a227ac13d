import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { redocly } from '@contract-first/release';
import { runCheck } from '@contract-first/testing';
import { createProgram } from '../reliability/harness/program.ts';
import { type RunningService, startService } from '../reliability/harness/running-service.ts';
import { failedChecks, type RespectReport } from './respect-report.ts';

const workflow = 'apps/user-api/workflows/change-user.arazzo.yaml';

/** The demo user, and one who has no record. */
const users = {
  userId: 'c0daf39b-4df5-4241-9e7d-b1b85f829090',
  otherUserId: 'aaaaaaaa-4df5-4241-9e7d-b1b85f829090',
};

const description = `Starts the service and lets Redocly carry out the workflow against it, as a client that nobody here wrote. Each reply
is held against openapi.yaml: status, media type and schema.`;

await createProgram('live', description)
  .action(() => runCheck(live))
  .parseAsync();

async function live(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'live-'));
  try {
    const service = await startService(join(folder, '.data'));
    const report = await respect(service, join(folder, 'respect.json')).finally(() => service.stop());
    const { steps, complaints } = failedChecks(report);
    if (complaints.length > 0) throw new Error(complaints.join('\n'));
    console.log(`✓ ${steps} steps of the workflow, each reply as the contract says`);
    const code = await service.stop();
    if (code !== 0) throw new Error(`The service ended with ${code ?? 'a signal'} when it was stopped.`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function respect({ url, issuer }: RunningService, report: string): Promise<RespectReport> {
  const servers = ['-S', `api=${url}`, '-S', `identityProvider=${issuer}`];
  const { stderr } = await redocly('respect', workflow, ...servers, '--input', JSON.stringify(users), '-J', report);
  const text = await readFile(report, 'utf8').catch((cause: unknown) => {
    throw new Error(`redocly respect wrote no report:\n${stderr}`, { cause });
  });
  // Redocly wrote the file; a member that is missing fails where it is used.
  return JSON.parse(text) as RespectReport;
}
