import { expect, test } from 'vitest';
import * as main from '../src/index.ts';

test('the package exports these values and no others', () => {
  expect(Object.keys(main).sort()).toEqual(['contractMutants', 'drift', 'readConfiguration', 'sourceMutants']);
});
