import { join } from 'node:path';
import { startChild } from '@contract-first/testing';
import { expect, onTestFinished, test } from 'vitest';
import type { Message, Order, Settings } from './stoppable-server.ts';

const STEPS = ['not ready', 'server closed', 'database closed'];

/** A server in a process of its own. */
async function startProcess(settings: Partial<Settings> = {}) {
  const all: Settings = { timeout: 60_000, repeatWindow: 0, failingStep: false, ...settings };
  const child = startChild<Message>(join(import.meta.dirname, 'stoppable-server.ts'), [JSON.stringify(all)]);
  onTestFinished(() => void child.process.kill('SIGKILL'));
  const port = await child.until((message) =>
    typeof message === 'object' && 'port' in message ? message.port : undefined,
  );
  const interruptions = (): number => child.messages.filter((message) => message === 'interrupted').length;
  const request = (): Promise<Response> => fetch(`http://127.0.0.1:${port}`);
  return {
    kill: (signal: NodeJS.Signals) => child.process.kill(signal),
    order: (order: Order) => child.process.send(order),
    request,
    /** Sends a request that the server holds back. */
    async hold() {
      const response = request().then((answer) => answer.text());
      // Some tests cut it off and do not look at it again.
      response.catch(() => undefined);
      await child.until((message) => message === 'held' || undefined);
      return { response };
    },
    async interrupt() {
      const before = interruptions();
      child.process.kill('SIGINT');
      await child.until(() => interruptions() > before || undefined);
    },
    stopping: () => child.until((message) => isStep(message) || undefined),
    async exit() {
      const { code } = await child.ended();
      return { code, log: child.output(), steps: child.messages.filter(isStep).map(({ step }) => step) };
    },
  };
}

function isStep(message: Message): message is { readonly step: string } {
  return typeof message === 'object' && 'step' in message;
}

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  'R6 after %s the request in flight is answered, then the process ends with 0',
  async (signal) => {
    const server = await startProcess();
    const { response } = await server.hold();
    server.kill(signal);
    await server.stopping();
    await expect(server.request()).rejects.toThrow('fetch failed');
    server.order('release');
    expect(await response).toBe('done');
    expect(await server.exit()).toMatchObject({ code: 0, steps: STEPS });
  },
);

test('a stop from within is like a signal', async () => {
  const server = await startProcess();
  server.order('stop');
  expect(await server.exit()).toMatchObject({ code: 0, steps: STEPS });
});

test('requests that take too long are cut off and the process ends with 1', async () => {
  const server = await startProcess({ timeout: 100 });
  const { response } = await server.hold();
  server.kill('SIGTERM');
  const { code, log } = await server.exit();
  expect(code).toBe(1);
  expect(log).toContain('took too long');
  await expect(response).rejects.toThrow();
});

test('a second signal ends the process at once, with 1', async () => {
  const server = await startProcess();
  await server.hold();
  server.kill('SIGTERM');
  await server.stopping();
  server.kill('SIGINT');
  const { code, log, steps } = await server.exit();
  expect(code).toBe(1);
  expect(log).toContain('second signal');
  expect(steps).toEqual(['not ready']);
});

test('the same signal that comes twice within a moment is one', async () => {
  const server = await startProcess({ repeatWindow: 60_000 });
  const { response } = await server.hold();
  await server.interrupt();
  await server.interrupt();
  server.order('release');
  expect(await response).toBe('done');
  expect(await server.exit()).toMatchObject({ code: 0, steps: STEPS });
});

test('a step that fails keeps no other from being done, but the process ends with 1', async () => {
  const server = await startProcess({ failingStep: true });
  server.kill('SIGTERM');
  const { code, log, steps } = await server.exit();
  expect(code).toBe(1);
  expect(steps).toEqual(STEPS);
  expect(log).toContain('a step of stopping failed');
  expect(log).not.toContain('user@example.com');
});

test.each(['throw', 'reject'] as const)(
  'A25 an error that nobody caught (%s) is logged without personal data and ends the process with 1',
  async (order) => {
    const server = await startProcess();
    server.order(order);
    const { code, log, steps } = await server.exit();
    expect(code).toBe(1);
    expect(steps).toEqual(STEPS);
    expect(log).toContain('"level":"fatal"');
    expect(log).toContain('an error that nobody caught');
    expect(log).not.toContain('user@example.com');
  },
);
