/** What is known of a result, and what must not compile because it is not. Compiled, never run. */

import { contract, type operations } from '@user-api/contract';
import { type Client, createClient, type ResultOf } from '../../src/index.ts';
import { fixture } from '../support/fixture.ts';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <_Claim extends true>(): void => undefined;

export const api: Client<operations> = createClient(contract, { baseUrl: 'https://api.example.com/user/2022-1' });

export function narrowedByOk(result: ResultOf<operations, 'UpdateUser'>): string | null {
  if (result.ok) {
    holds<Equal<typeof result.status, 200>>();
    holds<Equal<typeof result.headers.etag, string>>();
    // @ts-expect-error an attribute that does not exist
    result.data.data.attributes.firstname;
    // @ts-expect-error a success has no error
    result.error;
    // @ts-expect-error a header that is not declared
    result.headers['retry-after'];
    return result.data.data.attributes.firstName;
  }
  holds<Equal<typeof result.status, 401 | 403 | 404 | 406 | 412 | 413 | 415 | 422 | 429 | 501 | 503>>();
  // @ts-expect-error an error has no data
  result.data;
  return result.error.errors[0]?.code ?? null;
}

export function narrowedByStatus(result: ResultOf<operations, 'GetUser'>): string | number | undefined {
  switch (result.status) {
    case 200:
      holds<Equal<typeof result.ok, true>>();
      return result.data.data.id;
    case 304:
      holds<Equal<typeof result.error, undefined>>();
      return result.headers.etag;
    case 429:
      holds<Equal<(typeof result.headers)['retry-after'], number>>();
      return result.headers['retry-after'];
    case 403:
      holds<Equal<(typeof result.headers)['www-authenticate'], string | undefined>>();
      return result.headers['www-authenticate'];
    // @ts-expect-error a status that the operation does not declare
    case 409:
      return 0;
    default:
      return result.error.errors[0]?.code;
  }
}

export function notNarrowed(result: ResultOf<operations, 'GetUser'>): void {
  // @ts-expect-error data is there for a success only
  result.data;
  // @ts-expect-error error is there for a failure only
  result.error;
}

export async function ranges(): Promise<void> {
  const result = await createClient(fixture, { baseUrl: 'https://api.example.com' }).ListThings();
  if (result.status === 418) {
    holds<Equal<typeof result.error, { errors: { code: string }[] }>>();
  } else if (result.status === 500) {
    holds<Equal<typeof result.error, string>>();
  } else if (result.ok) {
    holds<Equal<typeof result.status, 200>>();
  }
  const probe = await createClient(fixture, { baseUrl: 'https://api.example.com' }).Probe();
  holds<Equal<typeof probe.ok, boolean>>();
}

export async function mediaTypes(): Promise<void> {
  const things = createClient(fixture, { baseUrl: 'https://api.example.com' });
  await things.CreateThing({ contentType: 'text/plain', body: 'a' });
  await things.CreateThing({ contentType: 'application/json', body: { name: 'a' } });
  // @ts-expect-error with several media types the caller must choose
  await things.CreateThing({ body: { name: 'a' } });
  // @ts-expect-error the body of another media type
  await things.CreateThing({ contentType: 'text/plain', body: { name: 'a' } });
  // @ts-expect-error an excess member of one of several bodies
  await things.CreateThing({ contentType: 'application/json', body: { name: 'a', colr: 'red' } });
  // @ts-expect-error a query parameter that does not exist
  await things.ListThings({ query: { tags: ['a'] } });
  // @ts-expect-error a query parameter of another type
  await things.ListThings({ query: { limit: '5' } });
}
