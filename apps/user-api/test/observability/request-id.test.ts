import { afterAll, expect, test } from 'vitest';
import { startService } from '../support/service.ts';

const service = await startService();
afterAll(() => service.close());

/** The log lines of one request. */
function linesOf(id: string | undefined): readonly { readonly msg?: string; readonly reqId?: string }[] {
  return service.logLines.map((line) => JSON.parse(line)).filter(({ reqId }) => reqId === id);
}

test('an id that the caller gives goes through reply, error and log', async () => {
  const headers = { 'x-request-id': 'caller.1_2~3/4+5=' };
  const response = await service.send({ headers, token: null });
  expect(response.headers['x-request-id']).toBe('caller.1_2~3/4+5=');
  expect(response.body.errors[0]?.id).toBe('caller.1_2~3/4+5=');
  await expect.poll(() => linesOf('caller.1_2~3/4+5=').length).toBeGreaterThan(0);
});

test('without one, each request has an id of its own that its log lines have too', async () => {
  const [one, other] = [await service.send(), await service.send()];
  const [id, otherId] = [one.headers['x-request-id'], other.headers['x-request-id']];
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  expect(id).not.toBe(otherId);
  await expect.poll(() => linesOf(id).length).toBeGreaterThan(0);
});

test.each(['', 'a b', 'x"y', '{"a":1}', 'a\tb', 'é', 'x'.repeat(129), 'John Smith <j@example.com>'])(
  'A25 the id %j is not taken over',
  async (given) => {
    const { headers } = await service.send({ headers: { 'x-request-id': given } });
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    if (given.length > 1) expect(service.logLines.join('\n')).not.toContain(JSON.stringify(given));
  },
);

test('an id that is sent twice is not taken over', async () => {
  const { headers } = await service.send({ headers: { 'x-request-id': ['one', 'two'] } });
  expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
});
