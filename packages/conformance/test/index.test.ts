import { expect, test } from 'vitest';
import * as main from '../src/index.ts';

test('the package exports these values and no others', () => {
  expect(Object.keys(main).sort()).toEqual([
    'checkExchange',
    'checkProbe',
    'contentNode',
    'coveredCells',
    'createRecorder',
    'createReport',
    'enumerateCells',
    'exchangeOfBytes',
    'find',
    'isGreen',
    'merge',
    'operationNode',
    'parameterNode',
    'probes',
    'readUnreachable',
    'recordExchanges',
    'renderReport',
    'runCommand',
    'samplesOf',
    'sendProbe',
    'serverStatuses',
  ]);
});
