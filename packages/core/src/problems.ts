import type { Problem, ProblemSource } from './problem.ts';

/**
 * Every problem that the server itself reports, with its stable code and title. An operation's own problems stand with
 * its handler.
 */

type Definition = readonly [status: number, code: string, title: string, detail: string];

const definitions = {
  badRequest: [400, 'bad-request', 'Bad request', 'The bytes are not a valid HTTP/1.1 request.'],
  missingToken: [401, 'missing-token', 'Missing access token', 'This operation requires an access token.'],
  invalidRequest: [
    401,
    'invalid-authorization',
    'Invalid Authorization header',
    'The Authorization header must hold exactly one Bearer token.',
  ],
  invalidToken: [
    401,
    'invalid-token',
    'Invalid access token',
    'The access token is malformed, expired, revoked or not meant for this service.',
  ],
  insufficientScope: [
    403,
    'insufficient-scope',
    'Insufficient scope',
    'The access token lacks a scope that this operation requires.',
  ],
  notOwner: [403, 'not-owner', 'Not the owner', 'The access token belongs to another user.'],
  relationshipsNotAllowed: [
    403,
    'relationships-not-allowed',
    'Relationships not allowed',
    'The resource has no relationships that could be changed.',
  ],
  notFound: [404, 'not-found', 'Resource not found', 'There is no resource at this address.'],
  methodNotAllowed: [405, 'method-not-allowed', 'Method not allowed', 'The resource does not offer this method.'],
  notAcceptable: [
    406,
    'not-acceptable',
    'Not acceptable',
    'The Accept header allows none of the media types that there are.',
  ],
  requestTimeout: [408, 'request-timeout', 'Request timeout', 'The request did not arrive in time.'],
  preconditionFailed: [
    412,
    'precondition-failed',
    'Precondition failed',
    'The resource has changed since the entity tag was issued, or the precondition is malformed.',
  ],
  contentTooLarge: [413, 'content-too-large', 'Content too large', 'The body is larger than this server takes.'],
  uriTooLong: [414, 'uri-too-long', 'URI too long', 'The request target is longer than this server takes.'],
  unsupportedMediaType: [
    415,
    'unsupported-media-type',
    'Unsupported media type',
    'The body is not in a media type that the operation takes.',
  ],
  unsupportedEncoding: [
    415,
    'unsupported-content-encoding',
    'Unsupported content encoding',
    'The body must not be encoded.',
  ],
  expectationFailed: [
    417,
    'expectation-failed',
    'Expectation failed',
    'The only expectation that this server meets is 100-continue.',
  ],
  missingBody: [422, 'missing-body', 'Missing body', 'The operation requires a body.'],
  malformedDocument: [422, 'malformed-document', 'Malformed document', 'The body is not a JSON document.'],
  missingMember: [422, 'missing-member', 'Missing member', 'A required member is missing.'],
  unknownMember: [422, 'unknown-member', 'Unknown member', 'The contract does not have this member.'],
  invalidValue: [422, 'invalid-value', 'Invalid value', 'The value is not as the contract says.'],
  typeMismatch: [422, 'type-mismatch', 'Type mismatch', 'The resource type differs from that of the endpoint.'],
  idMismatch: [422, 'id-mismatch', 'Id mismatch', 'The resource id differs from that of the endpoint.'],
  missingParameter: [422, 'missing-parameter', 'Missing parameter', 'A required parameter is missing.'],
  unknownParameter: [
    422,
    'unknown-parameter',
    'Unknown parameter',
    'The operation does not have this query parameter.',
  ],
  invalidParameter: [422, 'invalid-parameter', 'Invalid parameter', 'The parameter is not as the contract says.'],
  tooManyRequests: [429, 'too-many-requests', 'Too many requests', 'The rate limit is exceeded. Try again later.'],
  headersTooLarge: [
    431,
    'headers-too-large',
    'Header fields too large',
    'The header section is larger than this server takes.',
  ],
  internalError: [
    501,
    'internal-error',
    'Internal server error',
    'The request could not be carried out because of an unexpected failure.',
  ],
  serviceUnavailable: [
    503,
    'service-unavailable',
    'Service unavailable',
    'The service is temporarily unavailable. Try again later.',
  ],
} as const satisfies Record<string, Definition>;

export type ProblemName = keyof typeof definitions;

/**
 * Makes a problem of the catalogue.
 *
 * @param facts `detail` and `source` of this occurrence; the detail must not repeat a value of the request
 */
export function problem(name: ProblemName, facts: { detail?: string; source?: ProblemSource } = {}): Problem {
  const [status, code, title, detail] = definitions[name];
  return { status, code, title, detail: facts.detail ?? detail, ...(facts.source && { source: facts.source }) };
}
