import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { freePort } from '@contract-first/testing';

/** What stands before several instances of the service, in small. */
export interface Proxy extends AsyncDisposable {
  readonly port: number;
}

/**
 * Listens on a free port of 127.0.0.1 and hands each connection on to the next of the ports, and to another one if that
 * refuses it.
 */
export async function startProxy(ports: readonly number[]): Promise<Proxy> {
  const sockets = new Set<Socket>();
  let turn = 0;
  const server = createServer((client) => {
    turn += 1;
    sockets.add(client.on('close', () => sockets.delete(client)));
    // The other side is told by the end of its connection.
    client.on('error', () => undefined);
    void handOn(client, [...ports.slice(turn % ports.length), ...ports.slice(0, turn % ports.length)]);
  });
  const port = await freePort();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

async function handOn(client: Socket, ports: readonly number[]): Promise<void> {
  for (const port of ports) {
    const target = await connected(port);
    if (target === null) continue;
    target.on('error', () => client.destroy());
    target.on('close', () => client.destroy());
    client.on('close', () => target.destroy());
    if (client.destroyed) target.destroy();
    client.pipe(target).pipe(client);
    return;
  }
  client.destroy();
}

/** @returns null if the connection is refused */
function connected(port: number): Promise<Socket | null> {
  const { promise, resolve } = Promise.withResolvers<Socket | null>();
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  socket.once('connect', () => resolve(socket));
  socket.once('error', () => resolve(null));
  return promise;
}
