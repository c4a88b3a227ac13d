import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { errorDocument, problem } from '@contract-first/core';
import { contract } from '@user-api/contract';
import { renameUser } from './rename-user.js';

/** Answers on a free port what the next item of the list says, and checks what it was asked. */
const user = {
  firstName: 'Jane',
  lastName: null,
  email: 'user@example.com',
  phoneNumber: null,
  pictureUrl: null,
  gender: null,
  createdAt: '2021-09-01T23:12:56Z',
  birthDate: null,
  address: null,
  locale: null,
  zoneInfo: null,
};
const id = 'c0daf39b-4df5-4241-9e7d-b1b85f829090';
const replies = [
  [200, { data: { type: 'User', id, attributes: user } }],
  [404, errorDocument('a-request', [problem('notFound')])],
];

const server = createServer(async (request, response) => {
  assert.equal(request.method, 'PATCH');
  assert.equal(request.url, `${contract.basePath}/users/${id}`);
  assert.equal(request.headers['content-type'], 'application/vnd.api+json');
  assert.equal(request.headers.accept, 'application/vnd.api+json');
  assert.equal(request.headers.authorization, 'Bearer a-token');
  const body = JSON.parse(Buffer.concat(await request.toArray()).toString());
  assert.deepEqual(body, { data: { type: 'User', id, attributes: { firstName: 'Jane' } } });
  const [status, document] = replies.shift();
  const headers = {
    'content-type': 'application/vnd.api+json',
    etag: '"2"',
    vary: 'Accept',
    'x-request-id': 'a-request',
  };
  response.writeHead(status, headers).end(JSON.stringify(document));
});

await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
try {
  const baseUrl = `http://127.0.0.1:${server.address().port}${contract.basePath}`;
  assert.equal(await renameUser(baseUrl, 'Jane'), 'Jane "2"');
  assert.equal(await renameUser(baseUrl, 'Jane'), '404 not-found');
} finally {
  server.closeAllConnections();
  server.close();
}
