import type { TestIssuer } from '@contract-first/testing';
import { expect } from 'vitest';
import { createKeySet } from '../src/key-set.ts';
import { test } from './issuer-fixture.ts';
import { makeKeySet } from './verifier.ts';

async function failureOf(issuer: TestIssuer, options: { timeout?: number; maxBytes?: number } = {}): Promise<string> {
  const errors: unknown[] = [];
  const keySet = makeKeySet(issuer, { ...options, onFailure: (error) => errors.push(error) });
  await keySet.refresh();
  expect(keySet.ready()).toBe(false);
  expect(keySet.state()).toMatchObject({ keys: 0, fetches: 1, failures: 1, age: null });
  expect(errors).toHaveLength(1);
  return String(errors[0]);
}

test('A20 keys are loaded by way of discovery', async ({ issuer }) => {
  const keySet = makeKeySet(issuer);
  expect(keySet.ready()).toBe(false);
  await keySet.refresh();
  expect(keySet.ready()).toBe(true);
  expect(keySet.state()).toMatchObject({ keys: 2, skippedKeys: 0, fetches: 1, failures: 0 });
  expect(issuer.requests).toEqual({ discovery: 1, keySet: 1, other: 0 });
});

test('A20 the issuer in the discovery document must be equal to the configured one', async ({ issuer }) => {
  for (const name of [
    `${issuer.issuer}/`,
    issuer.issuer.replace('127.0.0.1', 'localhost'),
    'https://evil.example',
    '',
    null,
  ]) {
    issuer.metadata = { issuer: name };
    expect(await failureOf(issuer)).toMatch(/issuer in the discovery document/);
  }
  expect(issuer.requests.keySet).toBe(0);
});

test('A20 jwks_uri must be https, loopback aside', async ({ issuer }) => {
  const hostile = [
    'http://example.com/keys',
    'http://127.0.0.1.example.com/keys',
    'http://0x7f.example/keys',
    'file:///etc/passwd',
    'data:application/json,{}',
    '/keys',
    '',
    null,
    'https://user:password@example.com/keys',
  ];
  for (const jwks_uri of hostile) {
    issuer.metadata = { jwks_uri };
    expect(await failureOf(issuer)).toMatch(/jwks_uri in the discovery document/);
  }
  expect(issuer.requests.keySet).toBe(0);
});

test('A20 the issuer must be https, loopback aside', () => {
  const make = (issuer: string) => () => createKeySet({ issuer, fetch, now: Date.now });
  for (const issuer of ['https://id.example/realms/x', 'http://localhost:1', 'http://127.0.0.1', 'http://[::1]:2']) {
    expect(make(issuer), issuer).not.toThrow();
  }
  const hostile = [
    'http://id.example',
    'id.example',
    '',
    'ftp://id.example',
    'https://id.example?x',
    'https://id.example#x',
  ];
  for (const issuer of hostile) expect(make(issuer), issuer).toThrow(/issuer/);
});

test('A20 a slash at the end of the issuer is not doubled', async () => {
  const urls: string[] = [];
  const recordingFetch = async (url: string) => {
    urls.push(url);
    return new Response(null, { status: 404 });
  };
  for (const issuer of ['https://id.example/realms/x/', 'https://id.example/realms/x']) {
    await createKeySet({ issuer, fetch: recordingFetch, now: Date.now }).refresh();
  }
  const expected = 'https://id.example/realms/x/.well-known/openid-configuration';
  expect(urls).toEqual([expected, expected]);
});

test('A20 redirects are not followed', async ({ issuer }) => {
  issuer.answers.discovery = 'redirect';
  expect(await failureOf(issuer)).toMatch(/302/);
  expect(issuer.requests.discovery).toBe(1);
  issuer.answers.discovery = 'normal';
  issuer.answers.keySet = 'redirect';
  expect(await failureOf(issuer)).toMatch(/302/);
  expect(issuer.requests.keySet).toBe(1);
});

test('A20 an answer that is too large is cut', async ({ issuer }) => {
  issuer.answers.keySet = 'huge';
  expect(await failureOf(issuer)).toMatch(/more than 262144 bytes/);
  issuer.answers.discovery = 'huge';
  expect(await failureOf(issuer, { maxBytes: 1000 })).toMatch(/more than 1000 bytes/);
});

test('A20 an answer that does not come is given up', async ({ issuer }) => {
  issuer.answers.discovery = 'silent';
  expect(await failureOf(issuer, { timeout: 50 })).toMatch(/Timeout/);
  issuer.answers.discovery = 'normal';
  issuer.answers.keySet = 'silent';
  expect(await failureOf(issuer, { timeout: 50 })).toMatch(/Timeout/);
});

test('A20 errors, dropped connections and malformed documents are failures', async ({ issuer }) => {
  for (const answer of ['unavailable', 'reset', 'malformed'] as const) {
    issuer.answers.discovery = answer;
    await failureOf(issuer);
    issuer.answers.discovery = 'normal';
    issuer.answers.keySet = answer;
    await failureOf(issuer);
    issuer.answers.keySet = 'normal';
  }
});
