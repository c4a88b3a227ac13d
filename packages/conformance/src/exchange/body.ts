import {
  JSON_API,
  JsonError,
  parseJson,
  parseMediaType,
  understandsParameters,
  withoutAtMembers,
} from '@contract-first/core';

/** Whether documents of a media type are JSON (RFC 6839 §3.1). */
export function isJson(mediaType: string): boolean {
  return mediaType === 'application/json' || mediaType.endsWith('+json');
}

/** A body as a value, or the reason why it is none. */
export type ParsedBody = { readonly document: unknown } | { readonly fault: string };

/** @param mediaType in lower case, without parameters */
export function parseBody(bytes: Uint8Array, mediaType: string): ParsedBody {
  if (!isJson(mediaType)) return { document: Buffer.from(bytes).toString('utf8') };
  try {
    return { document: parseJson(bytes, { maxDepth: 1_000 }) };
  } catch (error) {
    if (error instanceof JsonError) return { fault: error.message };
    throw error;
  }
}

/** The body of a request as the contract sees it: without the members that JSON:API tells a server to ignore. */
export function parseRequestBody(bytes: Uint8Array, mediaType: string): ParsedBody {
  const parsed = parseBody(bytes, mediaType);
  return 'document' in parsed && mediaType === JSON_API ? { document: withoutAtMembers(parsed.document) } : parsed;
}

/** The media type of a request's body if its parameters are understood, otherwise null. */
export function requestMediaType(contentType: string | undefined): string | null {
  const mediaType = contentType === undefined ? null : parseMediaType(contentType);
  return mediaType !== null && understandsParameters(mediaType) ? mediaType.essence : null;
}
