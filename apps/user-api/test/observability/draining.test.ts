import { setImmediate as nextTurn } from 'node:timers/promises';
import { createReadiness, drainSteps } from '@contract-first/service';
import { openConnection } from '@contract-first/testing';
import { contract } from '@user-api/contract';
import { expect, test } from 'vitest';
import { holdReads } from '../support/held-store.ts';
import { startService } from '../support/service.ts';
import { userPath } from '../support/user-path.ts';

/** A service whose reads of the record wait until they are released. */
async function start() {
  const store = holdReads();
  const readiness = createReadiness({ checks: [], now: () => 0 });
  const service = await startService({
    app: { isDraining: readiness.isDraining },
    wrapStore: store.wrap,
  });
  const get = `GET ${contract.basePath}${userPath()} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${service.token()}\r\n\r\n`;
  const options = `OPTIONS ${contract.basePath}${userPath()} HTTP/1.1\r\nHost: x\r\n\r\n`;
  const steps = drainSteps({ app: service.app, delay: 0, drain: readiness.drain });
  return { service, readiness, get, options, store, steps };
}

test('R6 the request in flight is answered and ends its connection; idle connections end, new ones are refused', async () => {
  const { service, readiness, get, options, store, steps } = await start();
  const [busy, idle] = await Promise.all([openConnection(service.url), openConnection(service.url)]);
  await idle.send(options);
  expect((await idle.next()).headers['connection']).not.toBe('close');
  await busy.send(get);
  const answer = busy.next();
  await store.until(1, [answer]);

  const stopped = runAll(steps);
  expect(await idle.rest()).toBe('');
  expect(await readiness.notReady()).toEqual(['draining']);
  await expect(openConnection(service.url)).rejects.toThrow('ECONNREFUSED');

  store.release();
  const { status, headers } = await answer;
  expect({ status, connection: headers['connection'] }).toEqual({ status: 200, connection: 'close' });
  expect(await busy.rest()).toBe('');
  await stopped;
  await service.close();
});

test('R6 until the listener closes, requests are still answered, each with the end of its connection', async () => {
  const { service, readiness, options } = await start();
  const connection = await openConnection(service.url);
  await connection.send(options);
  expect((await connection.next()).headers['connection']).not.toBe('close');
  readiness.drain();
  await connection.send(options);
  const { status, headers } = await connection.next();
  expect({ status, connection: headers['connection'] }).toEqual({ status: 200, connection: 'close' });
  expect(await connection.rest()).toBe('');
  const fresh = await openConnection(service.url);
  await fresh.send(options);
  expect((await fresh.next()).headers['connection']).toBe('close');
  await service.close();
});

async function runAll(steps: readonly { readonly run: () => unknown }[]): Promise<void> {
  for (const { run } of steps) {
    await nextTurn();
    await run();
  }
}
