import { expect, test } from 'vitest';
import * as server from '../src/index.ts';

test('the package exports these values and no others', () => {
  expect(Object.keys(server).sort()).toEqual([
    'BootError',
    'contractPlugin',
    'createOperationLookup',
    'createServer',
    'defaultErrorFormat',
    'jsonApiErrors',
    'problemDetails',
  ]);
});
