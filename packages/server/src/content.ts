// By hand, not @fastify/accepts: it skips what is malformed, which is refused here (see media-type.ts of core).
import {
  JSON_API,
  type JsonFaultKind,
  negotiate,
  type Operation,
  type Problem,
  ProblemError,
  type ProblemName,
  parseMediaType,
  problem,
  readJson,
  understandsParameters,
  withoutAtMembers,
} from '@contract-first/core';
import type { FastifyRequest } from 'fastify';
import { countFieldLines, hasBody } from './header-fields.ts';

/** The media types of an operation's successful replies, in the order of the contract. */
export function offeredMediaTypes(operation: Operation): readonly string[] {
  const successes = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
  return [...new Set(successes.flatMap(([, response]) => Object.keys(response.content)))];
}

/**
 * Chooses the media type of the reply.
 *
 * @returns null if no successful reply of the operation has a body
 * @throws ProblemError 406
 */
export function negotiateReply(request: FastifyRequest, operation: Operation): string | null {
  const offered = offeredMediaTypes(operation);
  if (offered.length === 0) return null;
  const chosen = negotiate(request.headers.accept, offered);
  if (chosen !== null) return chosen;
  const detail = `The Accept header allows none of: ${offered.join(', ')}.`;
  throw new ProblemError(problem('notAcceptable', { detail, source: { header: 'Accept' } }), {
    headers: { vary: 'Accept' },
  });
}

/**
 * The media type of the body, which must be one that the operation takes.
 *
 * @returns null if there is no body and no Content-Type
 * @throws ProblemError 415
 */
export function requestMediaType(request: FastifyRequest, operation: Operation): string | null {
  const { 'content-type': contentType, 'content-encoding': encoding } = request.headers;
  if (operation.requestBody === null) return null;
  const accepted = Object.keys(operation.requestBody.content);
  if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity')
    throw unsupported('unsupportedEncoding', operation);
  if (contentType === undefined) {
    if (hasBody(request.raw)) throw unsupported('unsupportedMediaType', operation);
    return null;
  }
  const mediaType = countFieldLines(request.raw, 'content-type') === 1 ? parseMediaType(contentType) : null;
  const isAccepted = mediaType !== null && accepted.includes(mediaType.essence) && understandsParameters(mediaType);
  if (!isAccepted) throw unsupported('unsupportedMediaType', operation);
  return mediaType.essence;
}

function unsupported(name: 'unsupportedMediaType' | 'unsupportedEncoding', operation: Operation): ProblemError {
  const accepted = Object.keys(operation.requestBody?.content ?? {}).join(', ');
  const isEncoding = name === 'unsupportedEncoding';
  const facts = isEncoding
    ? { source: { header: 'Content-Encoding' } }
    : { detail: `The body must be ${accepted}.`, source: { header: 'Content-Type' } };
  return new ProblemError(problem(name, facts), {
    // RFC 5789 §2.2; RFC 9110 §12.5.3 names Accept-Encoding for the other case.
    headers: {
      ...(operation.method === 'patch' && { 'accept-patch': accepted }),
      ...(isEncoding && { 'accept-encoding': 'identity' }),
    },
  });
}

/** What could be read of a body. */
export interface ParsedBody {
  /** undefined if the body cannot be read at all. */
  readonly document: unknown;
  readonly problems: readonly Problem[];
}

/** Parses a JSON body strictly. In JSON:API documents the members to be ignored are left out. */
export function parseBody(bytes: Uint8Array, mediaType: string): ParsedBody {
  const { value, faults } = readJson(bytes);
  return {
    document: mediaType === JSON_API ? withoutAtMembers(value) : value,
    problems: faults.map(({ kind, pointer }) => jsonProblem(kind, pointer)),
  };
}

const details: Readonly<Record<JsonFaultKind, readonly [name: ProblemName, detail: string]>> = {
  encoding: ['malformedDocument', 'The body is not UTF-8.'],
  syntax: ['malformedDocument', 'The body is not a JSON document.'],
  'too-deep': ['malformedDocument', 'The document is nested too deeply.'],
  'duplicate-member': ['malformedDocument', 'The member occurs twice.'],
  'forbidden-member': ['unknownMember', 'is not a name that a member may have'],
  'inexact-number': ['invalidValue', 'is a number that cannot be represented exactly'],
  'invalid-character': ['invalidValue', 'must not contain NUL or lone surrogates'],
};

function jsonProblem(kind: JsonFaultKind, pointer: string | undefined): Problem {
  const [name, detail] = details[kind];
  return problem(name, { detail, ...(pointer !== undefined && { source: { pointer } }) });
}
