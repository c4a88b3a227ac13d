import { join } from 'node:path';
import { startChild, startIssuer } from '@contract-first/testing';
import { contract } from '@user-api/contract';
import { expect, onTestFinished, test } from 'vitest';
import { userPath } from '../support/user-path.ts';
import type { InstanceMessage, InstanceSettings } from './instance-process.ts';
import { startRoundRobin } from './round-robin.ts';

/** Milliseconds: long for a client that looks every 20, even on a busy machine. */
const DRAIN_DELAY = 1_500;

async function startInstance(settings: InstanceSettings) {
  const file = join(import.meta.dirname, 'instance-process.ts');
  const child = startChild<InstanceMessage>(file, [JSON.stringify(settings)]);
  onTestFinished(() => void child.process.kill('SIGKILL'));
  return { child, ...(await child.until((message) => message)) };
}

test('R6 a rolling restart of two instances fails not one request', { timeout: 90_000 }, async () => {
  const issuer = await startIssuer();
  onTestFinished(() => issuer.close());
  const settings = { issuer: issuer.issuer, audience: issuer.audience, drainDelay: DRAIN_DELAY };
  const old = await Promise.all([startInstance(settings), startInstance(settings)]);
  const headers = { authorization: `Bearer ${issuer.token()}` };
  const clients = startRoundRobin(8, `${contract.basePath}${userPath()}`, headers);
  onTestFinished(() => clients.stop());
  for (const instance of old) clients.add(instance);
  await Promise.all(old.map((instance) => clients.inService(instance)));
  for (const { child } of old) {
    child.process.kill('SIGTERM');
    const [end, instance] = await Promise.all([child.ended(), startInstance(settings)]);
    expect(end).toEqual({ code: 0, signal: null });
    clients.add(instance);
    await clients.inService(instance);
  }
  await clients.stop();
  expect([...new Set(clients.failures)]).toEqual([]);
});
