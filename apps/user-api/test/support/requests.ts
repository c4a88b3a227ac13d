import { requestHead } from '@contract-first/testing';
import { contract } from '@user-api/contract';
import { JSON_API, type TestService, updateDocument } from './service.ts';
import { userPath } from './user-path.ts';

/** The path of the test user's record. */
export const USER_PATH = `${contract.basePath}${userPath()}`;

/** A PATCH of the test user that is right in everything, with more header lines if wanted. */
export function patchRequest(service: TestService, attributes: object, ...lines: readonly string[]): string {
  const body = JSON.stringify(updateDocument(attributes));
  const own = [
    `authorization: Bearer ${service.token()}`,
    `content-type: ${JSON_API}`,
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return requestHead('PATCH', USER_PATH, ...own, ...lines) + body;
}

/** A GET of the test user, with more header lines if wanted. */
export function getRequest(service: TestService, ...lines: readonly string[]): string {
  return requestHead('GET', USER_PATH, `authorization: Bearer ${service.token()}`, ...lines);
}
