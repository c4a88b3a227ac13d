import { expect, test } from 'vitest';
import { type ClientOptions, createClient } from '../src/index.ts';
import { fixture } from './support/fixture.ts';

const baseUrl = 'http://127.0.0.1';

test.each<[string, object]>([
  ['baseUrl', { baseUrl: undefined }],
  ['baseUrl', { baseUrl: '/user' }],
  ['baseUrl', { baseUrl: 'ftp://example.com' }],
  ['baseUrl', { baseUrl: 'https://user:password@example.com' }],
  ['baseUrl', { baseUrl: 'https://user@example.com' }],
  ['baseUrl', { baseUrl: 'https://:password@example.com' }],
  ['baseUrl', { baseUrl: 'https://example.com?a' }],
  ['baseUrl', { baseUrl: 'https://example.com/#a' }],
  ['baseUrl', { baseUrl: 'https://example.com/{version}' }],
  ['token', { token: 5 }],
  ['timeout', { timeout: 0 }],
  ['timeout', { timeout: Number.POSITIVE_INFINITY }],
  ['timeout', { timeout: Number.NaN }],
  ['timeout', { timeout: '5' }],
  ['retry.attempts', { retry: { attempts: 0 } }],
  ['retry.attempts', { retry: { attempts: 1.5 } }],
  ['retry.baseDelay', { retry: { baseDelay: -1 } }],
  ['retry.maxDelay', { retry: { maxDelay: Number.POSITIVE_INFINITY } }],
  ['retry.methods', { retry: { methods: ['GET'] } }],
  ['retry.methods', { retry: { methods: 'get' } }],
  ['retry.tries', { retry: { tries: 5 } }],
  ['validate', { validate: true }],
  ['fetch', { fetch: 'node' }],
  ['random', { random: 0.5 }],
  ['timeOut', { timeOut: 5 }],
])('a bad value or name of %s is told by a TypeError that names it', (name, options) => {
  // Types cannot hold back who writes JavaScript.
  const given = { baseUrl, ...options } as ClientOptions;
  const message = new RegExp(`option ${name.replace('.', '\\.')}[ .]`);
  expect(() => createClient(fixture, given)).toThrow(TypeError);
  expect(() => createClient(fixture, given)).toThrow(message);
});

test('the message does not repeat credentials', () => {
  expect(() => createClient(fixture, { baseUrl: 'https://user:password@example.com' })).toThrow(/^(?!.*password)/);
});

test('a bad timeout of a call is told too', async () => {
  const api = createClient(fixture, { baseUrl });
  await expect(api.GetThing({ path: { thingId: '1' }, timeout: -1 })).rejects.toThrow('The option timeout must be');
});

test('https and the longest timeout are taken', () => {
  expect(createClient(fixture, { baseUrl: 'https://example.com', timeout: 2_147_483_647 })).toBeDefined();
});

test('undefined is the default', () => {
  const options = {
    baseUrl,
    token: undefined,
    timeout: undefined,
    retry: undefined,
    validate: undefined,
    fetch: undefined,
  };
  expect(createClient(fixture, options)).toBeDefined();
});

test('the options are not written into', () => {
  const options = Object.freeze({ baseUrl, retry: Object.freeze({ attempts: 2 }) });
  expect(createClient(fixture, options)).toBeDefined();
});

test('a client has one method per operation and cannot be changed', () => {
  const api = createClient(fixture, { baseUrl });
  expect(Object.keys(api)).toEqual(Object.keys(fixture.operations));
  expect(Object.isFrozen(api)).toBe(true);
});
