import { createContext, Script } from 'node:vm';
import { negotiate, parseEntityTags, parseMediaType, readJson } from '@contract-first/core';
import { document } from '@user-api/contract/document';
import { afterAll, describe, expect, test } from 'vitest';
import { EXAMPLE_ATTRIBUTES, startService, updateDocument } from '../support/service.ts';
import { userPath } from '../support/user-path.ts';

const service = await startService();
afterAll(() => service.close());

/** The largest body. */
const SIZE = 65_536;
/**
 * Milliseconds for one text. Linear work is done in about one of them; quadratic work would need some thousands,
 * exponential work would never end.
 */
const DEADLINE = 1_000;

/** Every text that is a member of that name, wherever it is in the document. */
function collect(value: unknown, name: string): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const found = Object.entries(value).flatMap(([key, member]) =>
    key === name && typeof member === 'string' ? [member] : collect(member, name),
  );
  return [...new Set(found)];
}

/** Beginnings that lead deep into patterns. */
const beginnings = ['', '+1', '"', 'Bearer ', 'https://a', 'a@', 'a@[IPv6:', 'de-', 'application/a', '2021-09-01T'];
/** What is repeated. */
const parts = [
  'a',
  '0',
  ' ',
  '.',
  '-',
  ':',
  '"',
  '\\',
  'a.',
  'a-',
  '0 ',
  ' .',
  '-a1',
  '"a",',
  ', ',
  ';a=b',
  '; ',
  '%41',
  '//',
];
/** What makes the whole fail at the last moment. */
const ends = ['', '\0'];

/** Made once, and flat: each check would otherwise copy the pieces together again. */
const attacks = beginnings.flatMap((beginning) =>
  parts.flatMap((part) => {
    const middle = part.repeat(SIZE / part.length);
    return ends.map((end) => Buffer.from(beginning + middle + end, 'latin1').toString('latin1'));
  }),
);

const context = createContext({ check: () => undefined, text: '' });
const script = new Script('check(text)');

/** Tries every attack. The deadline interrupts even in the middle of a regular expression. */
function attack(check: (text: string) => unknown, timeout = DEADLINE): void {
  context['check'] = check;
  for (const text of attacks) {
    context['text'] = text;
    script.runInContext(context, { timeout });
  }
}

describe('O5 the time is linear', () => {
  test.each(collect(document, 'pattern'))('O5 pattern %s', (pattern) => {
    const expression = new RegExp(pattern, 'u');
    expect(() => attack((text) => expression.test(text))).not.toThrow();
  });

  test.each<[string, (text: string) => unknown]>([
    ['Accept', (text) => negotiate(text, ['application/vnd.api+json'])],
    ['Content-Type', parseMediaType],
    ['If-Match', parseEntityTags],
  ])('O5 header %s', (_name, parse) => {
    expect(() => attack(parse)).not.toThrow();
  });

  test('O5 document', () => {
    const parse = (text: string) => readJson(Buffer.from(JSON.stringify({ [text]: text })));
    expect(() => attack(parse)).not.toThrow();
  });

  test.each([
    // What never ends is noticed by any deadline.
    [/^(?:a+)+$/, DEADLINE / 10],
    [/[ \t]+$/, DEADLINE],
  ])('O5 the deadline would notice %s', (expression, deadline) => {
    expect(() => attack((text) => expression.test(text), deadline)).toThrow('timed out');
  });
});

describe('O5 over HTTP', () => {
  const strings = Object.keys(EXAMPLE_ATTRIBUTES).filter((name) => name !== 'address');
  const long = parts.map((part) => part.repeat(60_000 / JSON.stringify(part).length));

  test.each(strings)('O5 no text keeps the server busy: %s', async (name) => {
    for (const text of long) {
      const example = String(Reflect.get(EXAMPLE_ATTRIBUTES, name));
      const response = await service.send({ method: 'PATCH', body: updateDocument({ [name]: `${example}${text}!` }) });
      expect(response.status).toBe(422);
    }
  });

  const names = [
    'Accept',
    'Content-Type',
    'Content-Encoding',
    'If-Match',
    'If-None-Match',
    'Authorization',
    'X-Request-Id',
  ];

  test.each([...names, 'Forwarded', 'X-Forwarded-For', 'Cookie'])(
    'O5 no header keeps the server busy: %s',
    async (name) => {
      for (const part of parts) {
        const value = `a${part.repeat(12_000 / part.length)}!`;
        const response = await service.send({ headers: { [name]: value } });
        expect(response.status).toBeLessThan(500);
      }
    },
  );

  test('O5 no address keeps the server busy', async () => {
    for (const part of parts.map((text) => encodeURI(text).replace('#', ''))) {
      const text = part.repeat(Math.floor(7000 / part.length));
      for (const path of [userPath(text), `${userPath()}?${text}`, `/${text}!`]) {
        expect((await service.send({ path })).status).toBeLessThan(500);
      }
    }
  });
});
