import type { ServerResponse } from 'node:http';
import { contract, type UserDocument } from '@user-api/contract';
import { expect, test } from 'vitest';
import { createClient } from '../src/index.ts';
import { serve } from './support/server.ts';

const userId = 'c0daf39b-4df5-4241-9e7d-b1b85f829090';
const path = { userId };

const user: UserDocument = {
  data: {
    type: 'User',
    id: userId,
    attributes: {
      firstName: 'John',
      lastName: 'Smith',
      email: 'user@example.com',
      phoneNumber: '+1 (425) 555-1212',
      pictureUrl: 'https://api.pace.cloud/user/img/uztqwenbqw87t123jhg87t6876',
      gender: 'male',
      createdAt: '2021-09-01T23:12:56Z',
      birthDate: '1997-07-21',
      address: { country: 'DE', locality: 'Karlsruhe' },
      locale: 'de-DE',
      zoneInfo: 'Europe/Berlin',
    },
  },
};

const linkedIdentity = {
  errors: [
    {
      id: 'cbgmhslmp1o9or9kh1p0',
      title: 'Missing linked identity for authorized access',
      detail:
        'Linked identity is needed to access this resource, please check why the user does not have a linked identity',
      status: '401',
      code: 'missing-linked-identity',
    },
  ],
};

const common = { 'content-type': 'application/vnd.api+json', vary: 'Accept', 'x-request-id': 'cbgmhslmp1o9or9kh1p0' };

function answer(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { ...common, ...headers });
  response.end(JSON.stringify(body));
}

test('J20 an update sends what was given, in the media type of the contract, and gives the whole record', async () => {
  const { url, seen } = await serve((response) => answer(response, 200, user, { etag: '"4"' }));
  const api = createClient(contract, { baseUrl: `${url}/user/2022-1`, token: 'abc' });
  const body = { data: { type: 'User', id: userId, attributes: { firstName: 'John', pictureUrl: null } } } as const;
  const result = await api.UpdateUser({ path, headers: { 'If-Match': '"3"' }, body });
  if (!result.ok) throw new Error(`The status is ${result.status}.`);
  expect(result.data.data.attributes.firstName).toBe('John');
  expect(result.headers.etag).toBe('"4"');
  expect(seen).toMatchObject([
    {
      method: 'PATCH',
      url: contract.basePath + contract.operations.UpdateUser.path.replace('{userId}', userId),
      headers: {
        'content-type': ['application/vnd.api+json'],
        accept: ['application/vnd.api+json'],
        authorization: ['Bearer abc'],
        'if-match': ['"3"'],
      },
      body: JSON.stringify(body),
    },
  ]);
});

test('H17 a record that has changed is told by 412', async () => {
  const errors = [
    { id: 'a', status: '412', code: 'precondition-failed', title: 'Precondition failed', detail: 'It has changed.' },
  ];
  const { url } = await serve((response) => answer(response, 412, { errors }));
  const body = { data: { type: 'User', id: userId } } as const;
  const result = await createClient(contract, { baseUrl: url }).UpdateUser({
    path,
    headers: { 'If-Match': '"3"' },
    body,
  });
  expect(result.status === 412 && result.error.errors[0]?.code).toBe('precondition-failed');
});

test('A26 a missing linked identity is told by its code', async () => {
  const headers = { 'www-authenticate': 'Bearer realm="user-api"' };
  const { url } = await serve((response) => answer(response, 401, linkedIdentity, headers));
  const result = await createClient(contract, { baseUrl: url, token: 'abc' }).GetUser({ path });
  expect(result.status === 401 && result.error).toEqual(linkedIdentity);
});

test('D5 an attribute that does not exist is refused before it is sent', async () => {
  const { url, seen } = await serve((response) => answer(response, 200, user, { etag: '"4"' }));
  const attributes = { firstName: 'John', lastname: 'Smith' };
  const body = { data: { type: 'User' as const, id: userId, attributes } };
  await expect(createClient(contract, { baseUrl: url }).UpdateUser({ path, body })).rejects.toMatchObject({
    code: 'invalid-request',
    faults: [{ in: 'body', pointer: '/data/attributes/lastname', keyword: 'additionalProperties' }],
  });
  expect(seen).toEqual([]);
});

test('J24 a record that is not complete is not handed over', async () => {
  const { firstName: _, ...attributes } = user.data.attributes;
  const { url } = await serve((response) =>
    answer(response, 200, { data: { ...user.data, attributes } }, { etag: '"4"' }),
  );
  await expect(createClient(contract, { baseUrl: url }).GetUser({ path })).rejects.toMatchObject({
    code: 'contract-violation',
    faults: [{ in: 'body', pointer: '/data/attributes', keyword: 'required' }],
  });
});
