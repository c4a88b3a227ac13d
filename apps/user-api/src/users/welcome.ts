import { JSON_API } from '@contract-first/core';
import { contract } from '@user-api/contract';
import { demoUser } from './demo-user.ts';

/**
 * What a development server prints once it can be used: where it is, and a request that can be pasted into a shell.
 *
 * @param origin for example `http://127.0.0.1:3000`
 * @param token an access token of the demo user
 */
export function welcome(origin: string, token: string): string {
  const api = `${origin}${contract.basePath}`;
  const document = { data: { type: 'User', id: demoUser.id, attributes: { firstName: 'Jane' } } };
  return `
The User API is at ${api}

Change the demo user's first name:

curl -sS -i -X PATCH '${api}/users/${demoUser.id}' \\
  -H 'Content-Type: ${JSON_API}' \\
  -H 'Authorization: Bearer ${token}' \\
  -d '${JSON.stringify(document)}'

The token is good for an hour; npm run --silent token prints another. Stop with Ctrl-C.
`;
}
