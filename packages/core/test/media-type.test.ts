import { expect, test } from 'vitest';
import { JSON_API, parseMediaType, understandsParameters } from '../src/index.ts';

test.each([
  ['Application/JSON', 'application/json', []],
  [
    'a/b ; X="1\\"2" ;y=z;',
    'a/b',
    [
      ['x', '1"2'],
      ['y', 'z'],
    ],
  ],
])('%s is a media type', (text, essence, parameters) => {
  expect(parseMediaType(text)).toEqual({ essence, parameters });
});

test.each([
  '',
  'a',
  'a/',
  '/b',
  'a/b c',
  'a/b;x',
  'a/b;x=',
  'a/b;x="',
  'a/b;x =y',
  'a/b, c/d',
  'a/b;=y',
  'a/b;x="\u0000"',
])('malformed: %j', (text) => expect(parseMediaType(text)).toBeNull());

test.each([
  [JSON_API, true],
  [`${JSON_API};profile="a b"`, true],
  [`${JSON_API};ext=""`, false],
  [`${JSON_API};charset=utf-8`, false],
  ['application/json;charset=UTF-8', true],
  ['application/json;charset=latin1', false],
])('the parameters of %s are understood: %s', (text, isUnderstood) => {
  const mediaType = parseMediaType(text);
  expect(mediaType && understandsParameters(mediaType)).toBe(isUnderstood);
});
