import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JSON_API, negotiate } from '../src/index.ts';

test.each([
  [undefined, true],
  ['*/*', true],
  ['application/*', true],
  [JSON_API, true],
  ['APPLICATION/VND.API+JSON', true],
  ['text/html, */*;q=0.1', true],
  [`${JSON_API};charset=utf-8, */*`, false],
  [`${JSON_API};charset=utf-8, ${JSON_API}`, true],
  [`${JSON_API};profile="https://example.com/a,b c"`, true],
  [`${JSON_API};ext="https://example.com/ext"`, false],
  [`${JSON_API};q=0.5`, true],
  [`${JSON_API};q=0`, false],
  [`${JSON_API};q=0, */*`, false],
  ['*/*;q=0', false],
  ['application/*;q=0, */*', false],
  ['text/html', false],
  ['', false],
  [' , ', false],
  ['application', false],
  ['*/json', false],
  [`${JSON_API};q=1.5`, false],
  [`${JSON_API};q`, false],
  [`${JSON_API};profile="open`, false],
])('Accept: %s', (accept, isAccepted) => {
  expect(negotiate(accept, [JSON_API])).toBe(isAccepted ? JSON_API : null);
});

test('the heaviest of several media types wins, and the first among equals', () => {
  const offered = ['application/json', 'application/problem+json'];
  expect(negotiate('application/json;q=0.2, application/problem+json', offered)).toBe('application/problem+json');
  expect(negotiate('application/*', offered)).toBe('application/json');
  expect(negotiate('application/json; charset=utf-8', offered)).toBe('application/json');
});

test('no header makes it throw or answer what was not offered', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z*/;=q.0-9", +]{0,40}$/)), (accept) => {
      expect([JSON_API, null]).toContain(negotiate(accept, [JSON_API]));
    }),
  );
});
