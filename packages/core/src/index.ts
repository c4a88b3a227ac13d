export { negotiate } from './accept.ts';
export type * from './contract.ts';
export type { EntityTag } from './entity-tag.ts';
export { parseEntityTags } from './entity-tag.ts';
export * as formats from './formats/index.ts';
export * as numberFormats from './formats/number-formats.ts';
export type { Answer, Handler, Handlers, ReplyOf, RequestOf, ServerHeader } from './handler.ts';
export type { JsonFault, JsonFaultKind, JsonOptions, JsonReading } from './json.ts';
export { appendPointer, JsonError, parseJson, readJson, storedJson } from './json.ts';
export { withoutAtMembers } from './jsonapi.ts';
export type { MediaType } from './media-type.ts';
export { JSON_API, parseMediaType, understandsParameters } from './media-type.ts';
export { readNumber } from './number.ts';
export type * from './parameters/index.ts';
export {
  decodeValue,
  defaultStyle,
  namesOf,
  parameterReader,
  parameterStyles,
  parameterWriter,
  sharedName,
  UnwritableError,
} from './parameters/index.ts';
export type { PathItem, PathMatch, Paths, PathsOfContract } from './paths.ts';
export { createPaths, operationFor } from './paths.ts';
export type { Authenticator, Principal } from './principal.ts';
export { InvalidTokenError } from './principal.ts';
export type { ErrorDocument, ErrorObject, Problem, ProblemErrorOptions, ProblemSource } from './problem.ts';
export { errorDocument, ProblemError } from './problem.ts';
export type { ProblemName } from './problems.ts';
export { problem } from './problems.ts';
export type { RequestTarget } from './request-target.ts';
export { parseRequestTarget } from './request-target.ts';
export {
  internalErrorStatus,
  invalidRequestStatus,
  invalidStatusOf,
  responseFor,
  responseKey,
  serverStatuses,
  speaksJsonApi,
} from './responses.ts';
export { untypedContract } from './untyped-contract.ts';
export { placeOf, unknownMember } from './violation.ts';
