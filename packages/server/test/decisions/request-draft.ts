import { JSON_API } from '@contract-first/core';
import { head } from '@contract-first/testing';
import { PROFILE_ID, type TestService } from '../support/service.ts';

export const MISSING_PROFILE = '11111111-2222-4333-8444-555555555555';
const OTHER_PROFILE = '7f3f3a31-6f0b-4a5e-8d1c-3d2f9b6c1a20';

/** A request in the making. Each fault writes members that no other fault writes, so that any of them go together. */
export interface Draft {
  method: string;
  /** Which profile the path, the body and, unless {@link isOwner} is false, the token name. */
  profile: string;
  /** Replaces the path below the base path. */
  path: string | null;
  query: string[];
  /** Header lines of any kind. */
  lines: string[];
  isLimited: boolean;
  isOwner: boolean;
  claims: { scope?: string; isExpired?: boolean };
  accept: string;
  contentType: string;
  attributes: Record<string, unknown>;
  /** How many blanks follow the document. */
  padding: number;
}

export interface Fault {
  readonly name: string;
  /** The step of the order that finds the fault. */
  readonly step: number;
  readonly status: number;
  readonly code: string;
  readonly source: string;
  /** Only requests with a body can have it. */
  readonly needsBody?: boolean;
  spoil(draft: Draft): void;
}

/** A request to which the answer is 200. */
export function goodDraft(method: 'GET' | 'PATCH'): Draft {
  return {
    method,
    profile: PROFILE_ID,
    path: null,
    query: [],
    lines: [],
    isLimited: false,
    isOwner: true,
    claims: {},
    accept: JSON_API,
    contentType: JSON_API,
    attributes: {},
    padding: 0,
  };
}

/** The faults in the order in which they win (D10). */
export const faults: readonly Fault[] = [
  fault(0, 'two Host headers', 400, 'bad-request', 'Host', ({ lines }) => lines.push('Host: example.com')),
  fault(0, 'a target that is too long', 414, 'uri-too-long', '-', ({ query }) => query.push('x'.repeat(9000))),
  fault(0, 'an unknown expectation', 417, 'expectation-failed', 'Expect', ({ lines }) => lines.push('Expect: luck')),
  fault(1, 'an unknown path', 404, 'not-found', '-', (draft) => {
    draft.path = '/people/1';
  }),
  fault(1, 'a path parameter that is no uuid', 404, 'not-found', '-', (draft) => {
    draft.path = '/profiles/1';
  }),
  fault(1, 'a method that the path does not offer', 405, 'method-not-allowed', '-', (draft) => {
    draft.method = 'DELETE';
  }),
  fault(2, 'too many requests', 429, 'too-many-requests', '-', (draft) => {
    draft.isLimited = true;
  }),
  fault(3, 'an expired token', 401, 'invalid-token', 'Authorization', ({ claims }) => {
    claims.isExpired = true;
  }),
  fault(4, 'a missing scope', 403, 'insufficient-scope', 'Authorization', ({ claims }) => {
    claims.scope = 'profiles:delete';
  }),
  fault(5, 'the record of somebody else', 403, 'not-owner', 'Authorization', (draft) => {
    draft.isOwner = false;
  }),
  fault(6, 'another media type in Accept', 406, 'not-acceptable', 'Accept', (draft) => {
    draft.accept = 'text/html';
  }),
  bodyFault(7, 'another media type in Content-Type', 415, 'unsupported-media-type', 'Content-Type', (draft) => {
    draft.contentType = 'application/json';
  }),
  bodyFault(7, 'an encoded body', 415, 'unsupported-content-encoding', 'Content-Encoding', ({ lines }) =>
    lines.push('Content-Encoding: gzip'),
  ),
  bodyFault(8, 'a body that is too large', 413, 'content-too-large', '-', (draft) => {
    draft.padding = 70_000;
  }),
  fault(9, 'an unknown query parameter', 422, 'unknown-parameter', 'sort', ({ query }) => query.push('sort=x')),
  bodyFault(9, 'an invalid attribute', 422, 'invalid-value', '/data/attributes/mood', ({ attributes }) => {
    attributes['mood'] = 'neuter';
  }),
  fault(10, 'a missing record', 404, 'not-found', '-', (draft) => {
    draft.profile = MISSING_PROFILE;
  }),
  fault(11, 'a precondition that fails', 412, 'precondition-failed', 'If-Match', ({ lines }) =>
    lines.push('If-Match: "99"'),
  ),
  bodyFault(12, 'a read-only attribute', 403, 'read-only-attribute', '/data/attributes/createdAt', ({ attributes }) => {
    attributes['createdAt'] = '2000-01-01T00:00:00Z';
  }),
];

function fault(step: number, name: string, status: number, code: string, source: string, spoil: Fault['spoil']): Fault {
  return { step, name, status, code, source, spoil };
}

function bodyFault(...args: Parameters<typeof fault>): Fault {
  return { ...fault(...args), needsBody: true };
}

/** The header section of the request, and the body after it. */
export function render(draft: Draft, service: TestService, hasBody: boolean): { start: string; body: string } {
  const sub = draft.isOwner ? draft.profile : OTHER_PROFILE;
  const { profile: id, attributes, padding, query } = draft;
  const document = JSON.stringify({ data: { type: 'Profile', id, attributes } });
  const body = hasBody ? document + ' '.repeat(padding) : '';
  const path = `${draft.path ?? `/profiles/${draft.profile}`}${query.length > 0 ? '?' : ''}${query.join('&')}`;
  const lines = [
    `${draft.method} /people/v1${path} HTTP/1.1`,
    'Host: localhost',
    'Connection: close',
    `Accept: ${draft.accept}`,
    `Authorization: Bearer ${service.token({ sub, ...draft.claims })}`,
    ...draft.lines,
    ...(hasBody ? [`Content-Type: ${draft.contentType}`, `Content-Length: ${Buffer.byteLength(body)}`] : []),
  ];
  return { start: head(...lines), body };
}
