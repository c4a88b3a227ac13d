import { expect, test } from 'vitest';
import { decodeParameter, decodeQuery, decodeValue, encodeQuery, type Parameter } from '../src/index.ts';

const parameter = (name: string, facts: Partial<Parameter>): Parameter => ({
  name,
  in: 'query',
  required: false,
  type: 'string',
  array: false,
  explode: false,
  validate: () => [],
  ...facts,
});

const declared = [
  parameter('text', {}),
  parameter('count', { type: 'integer' }),
  parameter('ratio', { type: 'number' }),
  parameter('open', { type: 'boolean' }),
  parameter('tags', { array: true, explode: true }),
  parameter('ids', { array: true, type: 'integer' }),
];

test('what is encoded is decoded to the same values', () => {
  const query = { text: 'a b&c=ü+%', count: -5, ratio: 1.5e-7, open: false, tags: ['x,y', 'z'], ids: [1, 2] };
  const { pairs, malformed } = decodeQuery(encodeQuery(declared, query));
  const decoded = declared.map((each) => {
    const texts = pairs.filter(([name]) => name === each.name).map(([, value]) => value);
    return [each.name, decodeParameter(each, texts)];
  });
  expect(Object.fromEntries(decoded)).toEqual(query);
  expect(malformed).toEqual([]);
});

test('an absent value and an empty list are not written', () => {
  expect(encodeQuery(declared, { text: undefined, tags: [] })).toBe('');
});

test('a plus is a blank, a name alone has an empty value, and what is not UTF-8 is named', () => {
  expect(decodeQuery('a=b+c&&d&%ff=1&e=%zz')).toEqual({
    pairs: [
      ['a', 'b c'],
      ['d', ''],
    ],
    malformed: ['%ff', 'e'],
  });
});

test('a header list is comma-separated, with blanks; a repeated single value is kept for the schema to refuse', () => {
  expect(decodeParameter(parameter('X-Ids', { in: 'header', array: true, type: 'integer' }), ['1, 2'])).toEqual([1, 2]);
  expect(decodeParameter(parameter('count', { type: 'integer' }), ['1', '2'])).toEqual([1, 2]);
});

test.each<readonly ['string' | 'integer' | 'number' | 'boolean', string, unknown]>([
  ['integer', '12', 12],
  ['integer', '1.5', '1.5'],
  ['integer', '', ''],
  ['integer', '12345678901234567', '12345678901234567'],
  ['number', '-1.5e3', -1500],
  ['number', '0x10', '0x10'],
  ['number', 'Infinity', 'Infinity'],
  ['boolean', 'true', true],
  ['boolean', 'TRUE', 'TRUE'],
  ['string', '12', '12'],
])('as %s, %j is %j', (type, text, value) => {
  expect(decodeValue(type, text)).toBe(value);
});
