import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startService } from '../support/service.ts';

/** Whoever fetches a picture has to connect to this first. */
let connections = 0;
const trap = createServer((socket) => {
  connections += 1;
  socket.destroy();
});

const service = await startService();
let port = 0;

beforeAll(async () => {
  trap.listen(0, '127.0.0.1');
  await once(trap, 'listening');
  // A server that listens on a port has an AddressInfo.
  port = (trap.address() as AddressInfo).port;
});

afterAll(() => new Promise((resolve) => trap.close(resolve)));

/** The service is closed before the connections are counted, so that nothing can come later. */
test('O6 no picture is ever fetched', async () => {
  const forms = [`https://127.0.0.1:${port}/a.png`, `https://localhost:${port}/a.png`, `https://2130706433:${port}/a`];
  for (const pictureUrl of forms) {
    const changed = await service.patch({ pictureUrl });
    expect(changed.status).toBe(200);
    expect(changed.body.data.attributes['pictureUrl']).toBe(pictureUrl);
    expect((await service.send()).body.data.attributes['pictureUrl']).toBe(pictureUrl);
  }
  for (const pictureUrl of [`http://127.0.0.1:${port}/`, `//127.0.0.1:${port}/`, `https://a:b@127.0.0.1:${port}/`]) {
    expect((await service.patch({ pictureUrl })).status).toBe(422);
  }
  const { issuer } = service;
  await service.close();
  expect(connections).toBe(0);
  expect(issuer.requests.other).toBe(0);
});

test('O6 the trap would have noticed', async () => {
  const visitor = connect({ host: '127.0.0.1', port });
  await once(visitor, 'close');
  expect(connections).toBe(1);
});
