import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLogger } from '../src/logging/logger.ts';
import { prepareShutdown, type ShutdownStep } from '../src/shutdown/shutdown.ts';

/*
 * The process that the shutdown tests stop: a server that holds requests back until it is told to answer them.
 */

export interface Settings {
  readonly timeout: number;
  readonly repeatWindow: number;
  readonly failingStep: boolean;
}

export type Message = { readonly port: number } | { readonly step: string } | 'held' | 'interrupted';

export type Order = 'release' | 'throw' | 'reject' | 'stop';

const { timeout, repeatWindow, failingStep }: Settings = JSON.parse(process.argv[2] ?? '{}');
const { promise: released, resolve: release } = Promise.withResolvers<void>();

const server = createServer(async (_request, response) => {
  tell('held');
  await released;
  response.setHeader('connection', 'close').end('done');
});

const steps: readonly ShutdownStep[] = [
  { name: 'report as not ready', run: () => tell({ step: 'not ready' }) },
  {
    name: 'fail',
    run: () => (failingStep ? Promise.reject(new Error('cannot do it for "user@example.com"')) : undefined),
  },
  {
    name: 'close the server',
    async run() {
      await new Promise((resolve) => server.close(resolve));
      tell({ step: 'server closed' });
    },
  },
  { name: 'close the database', run: () => tell({ step: 'database closed' }) },
];

const shutdown = prepareShutdown({ steps, timeout, repeatWindow, logger: createLogger('info') });

// Listeners run in their order: by now the shutdown has seen the signal.
process.on('SIGINT', () => tell('interrupted'));

process.on('message', (order: Order) => {
  if (order === 'release') release();
  if (order === 'stop') shutdown.stop();
  if (order === 'throw') {
    setImmediate(() => {
      throw new Error('no such user: "user@example.com"');
    });
  }
  if (order === 'reject') void Promise.reject(undefined);
});

// A server that listens on a port has an AddressInfo.
server.listen(0, '127.0.0.1', () => tell({ port: (server.address() as AddressInfo).port }));

function tell(message: Message): void {
  process.send?.(message);
}
