import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCluster, freePort, requireBinaries } from '@contract-first/testing';
import { requestToken } from '../../reliability/harness/access-token.ts';
import { type RunningService, startService } from '../../reliability/harness/running-service.ts';
import { assertLean } from './image-contents.ts';
import { runImage, startImage } from './running-image.ts';
import { buildServiceImage, type ServiceImage } from './service-image.ts';
import { updateName } from './user-requests.ts';

/**
 * Follows the Dockerfile, and starts what comes out of it as Docker would: in production, with a real PostgreSQL and
 * tokens of another process, as a user that may write nothing. Needs PostgreSQL on this machine.
 */
export async function checkImage(): Promise<void> {
  const binaries = requireBinaries();
  await using stack = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), 'user-api-image-'));
  stack.defer(() => rmSync(folder, { recursive: true, force: true }));
  // The image's user has to get in.
  chmodSync(folder, 0o755);
  const image = buildServiceImage(folder, (step) => console.log(`  ${step}`));
  const { files, size } = assertLean(image);
  console.log(`✓ the image has ${files} files, ${size.toFixed(0)} MiB besides Node, and nothing of development`);
  const cluster = await createCluster(binaries);
  stack.defer(() => cluster.remove());
  await cluster.start();
  const issuer = stack.use(await startService(join(folder, 'issuer')));
  await useImage(image, issuer, cluster.url, folder);
}

async function useImage(image: ServiceImage, issuer: RunningService, database: string, folder: string): Promise<void> {
  const [port, adminPort] = [String(await freePort()), String(await freePort())];
  const environment = {
    DATABASE_URL: database,
    OIDC_ISSUER: issuer.issuer,
    OIDC_AUDIENCE: 'user-api',
    HOST: '127.0.0.1',
    PORT: port,
    ADMIN_PORT: adminPort,
  };
  const id = await prepare(image, environment, folder);
  await using service = startImage(image, environment);
  await service.untilOk(`http://127.0.0.1:${adminPort}/readyz`);
  console.log('✓ it starts in production, and /readyz answers 200');
  if (image.healthcheck === null) throw new Error('The image has no HEALTHCHECK.');
  await runImage(image, image.healthcheck, environment);
  console.log('✓ HEALTHCHECK ends with 0');
  const url = `http://127.0.0.1:${port}${new URL(issuer.url).pathname}/users/${id}`;
  const scope = 'user:users:read user:users:write';
  await updateName(url, await requestToken({ issuer: issuer.issuer, sub: id, scope, ttl: 600 }));
  console.log('✓ PATCH and GET answer 200 to a token of the identity provider');
  const code = await service.stop();
  if (code !== 0) throw new Error(`${image.stopSignal} ended the image with ${code}, not with 0.`);
  console.log(`✓ ${image.stopSignal} ends it with 0`);
}

/** @returns the id of the user that was imported */
async function prepare(
  image: ServiceImage,
  environment: Readonly<Record<string, string>>,
  folder: string,
): Promise<string> {
  const id = randomUUID();
  const file = join(folder, 'users.ndjson');
  writeFileSync(file, `${JSON.stringify({ type: 'User', id, attributes: { email: 'user@example.com' } })}\n`);
  for (const words of [['check-config'], ['migrate'], ['users', 'import', file], ['check-data']]) {
    const output = await runImage(image, [...image.entrypoint, ...words], environment);
    console.log(`✓ ${words[0]}: ${output.trim().replaceAll('\n', '; ')}`);
  }
  return id;
}
