import { expectErrorDocument, rawExchange, rawRequest, type ServiceResponse, summary } from '@contract-first/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { admitting, PROFILE_ID, startService, type TestService } from '../support/service.ts';
import { type Fault, faults, goodDraft, MISSING_PROFILE, render } from './request-draft.ts';

const service = await startService();
/** It has admitted all that it admits in a minute. */
const limited = await startService({ server: { admission: admitting(1) } });
afterAll(() => Promise.all([service.close(), limited.close()]));

beforeAll(async () => {
  expect((await limited.send()).status).toBe(200);
});

const methods = ['GET', 'PATCH'] as const;
type Method = (typeof methods)[number];

function applicable(method: Method): readonly Fault[] {
  return faults.filter(({ needsBody = false }) => method === 'PATCH' || !needsBody);
}

function prepare(method: Method, present: readonly Fault[]): { target: TestService; start: string; body: string } {
  const draft = goodDraft(method);
  for (const { spoil } of present) spoil(draft);
  const target = draft.isLimited ? limited : service;
  return { target, ...render(draft, target, method === 'PATCH') };
}

async function send(method: Method, present: readonly Fault[]): Promise<ServiceResponse> {
  const { target, start, body } = prepare(method, present);
  return rawExchange(target, start + body);
}

/** The answer has to be that of a fault which the first step finds; faults of one step may be told together. */
function expectFirst(response: ServiceResponse, present: readonly Fault[]): void {
  const first = Math.min(...present.map(({ step }) => step));
  const winners = present.filter(({ step }) => step === first);
  expect(winners.map(({ status }) => status)).toContain(response.status);
  const allowed = winners.map(({ code, source }) => `${code} ${source}`);
  for (const told of summary(response)) expect(allowed).toContain(told);
  expectErrorDocument(response, response.status);
}

let rows: readonly unknown[];

async function storedRows(): Promise<readonly unknown[]> {
  const places = [service, limited].flatMap(({ profiles }) => [
    profiles.get(PROFILE_ID),
    profiles.get(MISSING_PROFILE),
  ]);
  return Promise.all(places);
}

beforeEach(async () => {
  rows = await storedRows();
});

describe.each(methods)('D10 %s', (method) => {
  const all = applicable(method);
  const pairs = all.flatMap((first, at) => all.slice(at + 1).map((second) => [first, second] as const));

  test('D10 without a fault it is answered with 200', async () => {
    expect((await send(method, [])).status).toBe(200);
  });

  test.each(all)('D10 $name alone is answered with $status', async (fault) => {
    const response = await send(method, [fault]);
    expect({ status: response.status, faults: summary(response) }).toEqual({
      status: fault.status,
      faults: [`${fault.code} ${fault.source}`],
    });
    expectErrorDocument(response, fault.status);
    expect(await storedRows()).toEqual(rows);
  });

  test.each(pairs.map(([first, second]) => ({ first, second, wins: first.name, loses: second.name })))(
    'D10 $wins comes before $loses',
    async ({ first, second }) => {
      expectFirst(await send(method, [first, second]), [first, second]);
      expect(await storedRows()).toEqual(rows);
    },
  );

  test('D10 the same holds for any number of faults', async () => {
    await fc.assert(
      fc.asyncProperty(fc.subarray([...all], { minLength: 3 }), async (present) => {
        expectFirst(await send(method, present), present);
      }),
      { numRuns: 60 },
    );
    expect(await storedRows()).toEqual(rows);
  });
});

describe('D10 the body is not read before the headers are accepted', () => {
  const early = applicable('PATCH').filter(({ step }) => step <= 8);

  test.each(early)('D10 $name is answered while no byte of the body has come', async (fault) => {
    const { target, start } = prepare('PATCH', [fault]);
    const response = await rawExchange(target, start);
    expectFirst(response, [fault]);
  });

  const expecting = early.filter(({ step }) => step > 0);

  test.each(expecting)('D10 $name is answered without asking for the body by 100', async (fault) => {
    const { target, start } = prepare('PATCH', [fault]);
    const asking = start.replace('\r\n\r\n', '\r\nExpect: 100-continue\r\n\r\n');
    const { text } = await rawRequest(target.url, [asking]);
    expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${fault.status} `));
    expect(text).not.toContain('100 Continue');
  });

  test('D10 only then the body is asked for', async () => {
    const { start, body } = prepare('PATCH', []);
    const asking = start.replace('\r\n\r\n', '\r\nExpect: 100-continue\r\n\r\n');
    const { text } = await rawRequest(service.url, [asking, body]);
    expect(text).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /);
  });
});
