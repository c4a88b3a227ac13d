import { expect, test } from 'vitest';
import * as main from '../src/index.ts';

test('the package exports these values and no others', () => {
  expect(Object.keys(main).sort()).toEqual([
    'contractChanges',
    'contractFile',
    'documentNodes',
    'entries',
    'isRecord',
    'lastRelease',
    'packages',
    'raiseVersions',
    'redocly',
    'redoclyJson',
    'releaseVerdict',
    'releasedContractFile',
    'releasedVersionsFile',
    'root',
    'workingTree',
  ]);
});
