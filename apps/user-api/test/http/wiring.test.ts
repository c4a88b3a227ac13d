import {
  exchangeBytes,
  expectFaults,
  expectRefusal,
  openConnection,
  requestHead,
  TEST_USER,
} from '@contract-first/testing';
import { contract } from '@user-api/contract';
import { afterAll, expect, test } from 'vitest';
import { getRequest, patchRequest, USER_PATH } from '../support/requests.ts';
import { JSON_API, startService, updateDocument } from '../support/service.ts';
import { expectUntouched } from '../support/untouched.ts';
import { userPath } from '../support/user-path.ts';

// How the server reads HTTP is tested with the server; here, that this service is such a server with its own options.

const service = await startService();
const small = await startService({ app: { bodyLimit: 500 } });
const hurried = await startService({ app: { requestTimeout: 200, keepAliveTimeout: 100 } });
const patient = await startService({ app: { headersTimeout: 100 } });
afterAll(() => Promise.all([service, small, hurried, patient].map((each) => each.close())));

test('H1 a method that no operation has is refused with 405 and Allow', async () => {
  const reply = await exchangeBytes(service.url, requestHead('DELETE', USER_PATH));
  expectRefusal(reply, 405, 'method-not-allowed');
  expect(reply.headers).toMatchObject({ allow: 'GET, HEAD, OPTIONS, PATCH', 'accept-patch': JSON_API });
});

test('H2 OPTIONS tells Allow and Accept-Patch to everybody', async () => {
  const { status, text, headers } = await service.send({ method: 'OPTIONS', token: null });
  expect([status, text, headers['allow']]).toEqual([200, '', 'GET, HEAD, OPTIONS, PATCH']);
});

test('H3 HEAD is GET without a body', async () => {
  const { status, text, headers } = await service.send({ method: 'HEAD' });
  const get = await service.send();
  expect([status, text]).toEqual([200, '']);
  for (const name of ['etag', 'content-type', 'content-length', 'vary']) expect(headers[name]).toBe(get.headers[name]);
});

test('H4 another path is refused with 404', async () => {
  const reply = await exchangeBytes(service.url, requestHead('GET', `${contract.basePath}/people`));
  expectRefusal(reply, 404, 'not-found');
});

test('H5, J16 an id is the same in any case of its letters', async () => {
  const path = userPath(TEST_USER.toUpperCase());
  expect((await service.send({ path })).body.data.id).toBe(TEST_USER);
  const body = updateDocument({ firstName: 'Jane' }, { id: TEST_USER.toUpperCase() });
  const changed = await service.send({ method: 'PATCH', path, body });
  expect(changed.body.data).toMatchObject({ id: TEST_USER, attributes: { firstName: 'Jane' } });
  const withCreatedAt = updateDocument({ createdAt: '2021-09-01T23:12:56Z' });
  expect((await service.send({ method: 'PATCH', path, body: withCreatedAt })).status).toBe(200);
});

test('H6 a body is refused with 413 if it is larger than the option', async () => {
  const document = JSON.stringify(updateDocument({ firstName: 'Small' }));
  const send = (size: number) => small.send({ method: 'PATCH', body: document.padEnd(size) });
  expect((await send(500)).status).toBe(200);
  expectFaults(await send(501), 413, 'content-too-large -');
  expect((await service.send({ method: 'PATCH', body: document.padEnd(65_536) })).status).toBe(200);
});

test('H7 headers of more than 16 KiB are refused with 431', async () => {
  const reply = await exchangeBytes(service.url, getRequest(service, `x-long: ${'x'.repeat(16_384)}`));
  expectRefusal(reply, 431, 'headers-too-large');
});

test('H10, H11 a request is cut off with 408 if it takes longer than the option, and changes nothing', async () => {
  await expectUntouched(hurried, TEST_USER, async () => {
    const connection = await openConnection(hurried.url);
    await connection.send(patchRequest(hurried, { firstName: 'Late' }).slice(0, -1));
    expectRefusal(await connection.next(), 408, 'request-timeout');
    expect(await connection.rest()).toBe('');
  });
});

test('H10 headers are cut off with 408 if they take longer than the option', async () => {
  const connection = await openConnection(patient.url);
  await connection.send(`GET ${USER_PATH} HTTP/1.1\r\n`);
  expectRefusal(await connection.next(), 408, 'request-timeout');
  expect(await connection.rest()).toBe('');
});

test('H10 an idle connection is closed after the time of the option', async () => {
  const connection = await openConnection(hurried.url);
  await connection.send(getRequest(hurried));
  expect((await connection.next()).status).toBe(200);
  expect(await connection.rest()).toBe('');
});

test('D8 bytes that are no HTTP are refused with 400 and an error document', async () => {
  expectRefusal(await exchangeBytes(service.url, 'rubbish\r\n\r\n'), 400, 'bad-request');
});

test('H12 to H16 JSON is read strictly', async () => {
  const valid = JSON.stringify(updateDocument({ firstName: '?' }));
  const send = (body: string | Uint8Array) => service.send({ method: 'PATCH', body });
  const name = '/data/attributes/firstName';
  expectFaults(await send(Buffer.from(valid.replace('?', '\xff'), 'latin1')), 422, 'malformed-document -');
  const twice = valid.replace('"firstName":', '"firstName":null,"firstName":');
  expectFaults(await send(twice), 422, `malformed-document ${name}`);
  const deep = valid.replace('{', `{"meta":${'['.repeat(17)}${']'.repeat(17)},`);
  expectFaults(await send(deep), 422, `malformed-document /meta${'/0'.repeat(15)}`);
  const prototype = valid.replace('"firstName":', '"__proto__":');
  expectFaults(await send(prototype), 422, 'unknown-member /data/attributes/__proto__');
  for (const text of ['\\u0000', '\\ud800'])
    expectFaults(await send(valid.replace('?', text)), 422, `invalid-value ${name}`);
});

test('D8 the contract itself names no status but the published ones and those of the server', () => {
  const declared = Object.values(contract.operations).flatMap(({ responses }) => Object.keys(responses).map(Number));
  const published = [200, 304, 401, 403, 404, 406, 415, 422, 501];
  for (const status of declared)
    expect([...published, 400, 405, 408, 412, 413, 414, 417, 429, 431, 503]).toContain(status);
});
