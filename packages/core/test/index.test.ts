import { expect, test } from 'vitest';
import * as main from '../src/index.ts';

test('the package exports these values and no others', () => {
  expect(Object.keys(main).sort()).toEqual([
    'InvalidTokenError',
    'JSON_API',
    'JsonError',
    'ProblemError',
    'appendPointer',
    'errorDocument',
    'formats',
    'negotiate',
    'numberFormats',
    'parseEntityTags',
    'parseJson',
    'parseMediaType',
    'placeOf',
    'problem',
    'readJson',
    'readNumber',
    'storedJson',
    'understandsParameters',
    'unknownMember',
    'withoutAtMembers',
  ]);
});
