import { expect, test } from 'vitest';
import * as core from '../src/index.ts';

test('the package exports these values and no others', () => {
  expect(Object.keys(core).sort()).toEqual([
    'InvalidTokenError',
    'JSON_API',
    'JsonError',
    'ProblemError',
    'appendPointer',
    'createPaths',
    'decodeParameter',
    'decodeQuery',
    'decodeValue',
    'encodeQuery',
    'errorDocument',
    'formats',
    'internalErrorStatus',
    'negotiate',
    'numberFormats',
    'operationFor',
    'parseEntityTags',
    'parseJson',
    'parseMediaType',
    'parseRequestTarget',
    'placeOf',
    'problem',
    'readJson',
    'readNumber',
    'responseFor',
    'responseKey',
    'serverStatuses',
    'storedJson',
    'understandsParameters',
    'unknownMember',
    'untypedContract',
    'withoutAtMembers',
  ]);
});
