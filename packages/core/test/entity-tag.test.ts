import { expect, test } from 'vitest';
import { parseEntityTags } from '../src/index.ts';

test.each([
  ['*', '*'],
  ['"1"', [{ weak: false, opaque: '1' }]],
  [
    'W/"1" , "a,b",',
    [
      { weak: true, opaque: '1' },
      { weak: false, opaque: 'a,b' },
    ],
  ],
  ['', null],
  [',', null],
  ['1', null],
  ['"1', null],
  ['"1" "2"', null],
  ['w/"1"', null],
  ['"a b"', null],
  ['*, "1"', null],
])('%j', (text, tags) => expect(parseEntityTags(text)).toEqual(tags));
