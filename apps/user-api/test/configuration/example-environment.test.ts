import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { readConfiguration } from '../../src/configuration/configuration.ts';

/** A file that operators copy. */
function deployFile(name: string): Promise<string> {
  return readFile(new URL(`../../deploy/${name}`, import.meta.url), 'utf8');
}

async function exampleConfiguration() {
  const [shared, instance, unit] = await Promise.all(['user-api.env', '1.env', 'user-api@.service'].map(deployFile));
  const fromUnit = Object.fromEntries(
    [...(unit ?? '').matchAll(/^Environment=(\w+)=(.*)$/gm)].map(([, ...pair]) => pair),
  );
  const environment = { ...fromUnit, ...parseEnv(shared ?? ''), ...parseEnv(instance ?? '') };
  return { unit: unit ?? '', configuration: readConfiguration(environment) };
}

test('the example is a complete configuration for production, without a warning', async () => {
  const { configuration } = await exampleConfiguration();
  expect(configuration).toMatchObject({ mode: 'production', warnings: [], admin: { host: '127.0.0.1', port: 9464 } });
});

test('R6 systemd and the load balancer leave an instance the time that it takes to stop', async () => {
  const { unit, configuration } = await exampleConfiguration();
  const { drainDelay, shutdownTimeout } = configuration;
  const patience = Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1]) * 1_000;
  expect(patience).toBeGreaterThan(drainDelay + shutdownTimeout);
  const [, interval, failures] = /inter (\d+)s fall (\d+)/.exec(await deployFile('haproxy.cfg')) ?? [];
  expect(drainDelay).toBeGreaterThan((Number(interval) * Number(failures) + 1) * 1_000);
});

test('the ports of the example are those that the load balancer asks', async () => {
  const { configuration } = await exampleConfiguration();
  const balancer = await deployFile('haproxy.cfg');
  expect(balancer).toContain(`127.0.0.1:${configuration.port} check port ${configuration.admin?.port}\n`);
});
