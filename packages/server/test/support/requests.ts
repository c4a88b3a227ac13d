import { JSON_API } from '@contract-first/core';
import { requestHead } from '@contract-first/testing';
import { PROFILE_ID, type TestService, updateDocument } from './service.ts';

/** Of the contract's servers. */
export const BASE_PATH = '/people/v1';

export const PROFILE_PATH = `${BASE_PATH}/profiles/${PROFILE_ID}`;

/** The header lines of a PATCH by the owner. */
export function patchLines(service: TestService): readonly string[] {
  return [`authorization: Bearer ${service.token()}`, `content-type: ${JSON_API}`];
}

/** A PATCH that is right in everything, with more header lines if wanted. */
export function patchRequest(service: TestService, attributes: object, ...lines: readonly string[]): string {
  const body = JSON.stringify(updateDocument(attributes));
  const length = `content-length: ${Buffer.byteLength(body)}`;
  return requestHead('PATCH', PROFILE_PATH, ...patchLines(service), length, ...lines) + body;
}

/** A GET that is right in everything, with more header lines if wanted. */
export function getRequest(service: TestService, ...lines: readonly string[]): string {
  return requestHead('GET', PROFILE_PATH, `authorization: Bearer ${service.token()}`, ...lines);
}
