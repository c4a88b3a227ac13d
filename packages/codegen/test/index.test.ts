import { expect, test } from 'vitest';
import * as codegen from '../src/index.ts';

test('the package exports these values and no others', () => {
  expect(Object.keys(codegen).sort()).toEqual([
    'RefusedDocumentError',
    'compileContract',
    'compileDocument',
    'features',
    'generate',
  ]);
});
