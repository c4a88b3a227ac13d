/** Uses of the client that must not compile, each alone under its comment, and uses that must. Compiled, never run. */

import { contract, type operations } from '@user-api/contract';
import { type Client, createClient, type RequestOf } from '../../src/index.ts';

const api = createClient(contract, { baseUrl: 'https://api.example.com/user/2022-1' });
const userId = 'c0daf39b-4df5-4241-9e7d-b1b85f829090';
const path = { userId };

export async function rightUses(etag: string | undefined, signal: AbortSignal | undefined): Promise<void> {
  await api.UpdateUser({ path, body: { data: { type: 'User', id: userId } } });
  await api.UpdateUser({
    path: { userId },
    headers: { 'If-Match': etag },
    body: {
      data: { type: 'User', id: userId, attributes: { gender: 'other', address: { country: 'DE' }, locale: null } },
    },
    signal,
    timeout: 500,
  });
  await api.GetUser({ path, headers: undefined });

  const annotated: RequestOf<operations, 'UpdateUser'> = { path, body: { data: { type: 'User', id: userId } } };
  await api.UpdateUser(annotated);
  const checked = { path, body: { data: { type: 'User', id: userId } } } satisfies RequestOf<operations, 'UpdateUser'>;
  await api.UpdateUser(checked);
}

export async function wrongOperations(): Promise<void> {
  // @ts-expect-error an operation that does not exist
  await api.UpdateUsr({ path });
  // @ts-expect-error no argument
  await api.GetUser();
  // @ts-expect-error two arguments
  await api.GetUser({ path }, {});
}

export async function wrongParts(): Promise<void> {
  // @ts-expect-error no path
  await api.GetUser({});
  // @ts-expect-error a missing path parameter
  await api.GetUser({ path: {} });
  // @ts-expect-error a misspelt path parameter
  await api.GetUser({ path: { userID: userId } });
  // @ts-expect-error a path parameter too many
  await api.GetUser({ path: { userId, version: '1' } });
  // @ts-expect-error a path parameter of another type
  await api.GetUser({ path: { userId: 5 } });
  // @ts-expect-error a path parameter that may be missing
  await api.GetUser({ path: { userId: maybe } });
  // @ts-expect-error a misspelt header
  await api.GetUser({ path, headers: { 'If-Mach': '"1"' } });
  // @ts-expect-error a header of another operation
  await api.UpdateUser({ path, body: user, headers: { 'If-None-Match': '"1"' } });
  // @ts-expect-error a query where there is none
  await api.GetUser({ path, query: { include: 'x' } });
  // @ts-expect-error a body where there is none
  await api.GetUser({ path, body: user });
  // @ts-expect-error a misspelt option
  await api.GetUser({ path, sinal: new AbortController().signal });
  // @ts-expect-error an option of another type
  await api.GetUser({ path, timeout: '5s' });
}

export async function wrongBodies(): Promise<void> {
  // @ts-expect-error no body
  await api.UpdateUser({ path });
  // @ts-expect-error a misspelt body
  await api.UpdateUser({ path, boddy: user });
  // @ts-expect-error a misspelt body beside the right one
  await api.UpdateUser({ path, body: user, boddy: user });
  // @ts-expect-error no resource
  await api.UpdateUser({ path, body: {} });
  // @ts-expect-error another resource type
  await api.UpdateUser({ path, body: { data: { type: 'Users', id: userId } } });
  // @ts-expect-error an excess member at the top
  await api.UpdateUser({ path, body: { data: { type: 'User', id: userId }, included: [] } });
  // @ts-expect-error an excess member of the resource
  await api.UpdateUser({ path, body: { data: { type: 'User', id: userId, attribute: {} } } });
  // @ts-expect-error an excess attribute
  await api.UpdateUser({ path, body: { data: { type: 'User', id: userId, attributes: { firstname: 'John' } } } });
  // @ts-expect-error an excess member of an attribute
  await api.UpdateUser({ path, body: { data: { type: 'User', id: userId, attributes: { address: { zip: '1' } } } } });
  // @ts-expect-error a value that the enumeration does not have
  await api.UpdateUser({ path, body: { data: { type: 'User', id: userId, attributes: { gender: 'man' } } } });
  // @ts-expect-error null where it is not allowed
  await api.UpdateUser({ path, body: { data: { type: 'User', id: userId, attributes: { email: null } } } });
  // @ts-expect-error a media type that the operation does not take
  await api.UpdateUser({ path, body: user, contentType: 'application/json' });
}

export async function wrongVariables(): Promise<void> {
  const misspelt = { path, boddy: user };
  // @ts-expect-error no body
  await api.UpdateUser(misspelt);
  const headers = { 'If-Mach': '"1"' };
  // @ts-expect-error no header of the operation
  await api.UpdateUser({ path, body: user, headers });
  const attributes = { firstname: 'John' };
  // @ts-expect-error no attribute of the resource
  await api.UpdateUser({ path, body: { data: { type: 'User', id: userId, attributes } } });
  const withQuery = { path, query: { include: 'x' } };
  // @ts-expect-error a query where there is none
  await api.GetUser(withQuery);
  const withBody = { path, body: user };
  // @ts-expect-error a body where there is none
  await api.GetUser(withBody);
  // @ts-expect-error an annotated value has no excess members either
  const annotated: RequestOf<operations, 'UpdateUser'> = { path, body: user, boddy: user };
  await api.UpdateUser(annotated);
}

declare const user: { data: { type: 'User'; id: string } };
declare const maybe: string | undefined;

interface WithCookies {
  readonly Read: {
    readonly parameters: { readonly cookie: { readonly session: string } };
    readonly responses: { readonly 204: { readonly headers: object; readonly content?: never } };
  };
}

export async function cookies(client: Client<WithCookies>): Promise<void> {
  await client.Read({ cookies: { session: 'a' } });
  // @ts-expect-error a required cookie is missing
  await client.Read({ cookies: {} });
  // @ts-expect-error the operation takes no cookies
  await api.GetUser({ path, cookies: { session: 'a' } });
}
