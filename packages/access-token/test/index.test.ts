import { expect, test } from 'vitest';
import * as development from '../src/development/index.ts';
import * as main from '../src/index.ts';

test('the package exports these values and no others', () => {
  expect(Object.keys(main).sort()).toEqual([
    'createKeySet',
    'createTokenVerifier',
    'discover',
    'fetchDocument',
    'isJsonObject',
    'requireSecureUrl',
    'stringList',
  ]);
});

test('so does development', () => {
  expect(Object.keys(development).sort()).toEqual([
    'MAX_TOKEN_TTL',
    'isTokenTtl',
    'requestDevelopmentToken',
    'startDevelopmentProvider',
  ]);
});
