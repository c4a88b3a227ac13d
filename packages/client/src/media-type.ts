import type { Content, Operation } from '@contract-first/core';

/** How the bodies of a media type are read and written. */
export type Syntax = 'json' | 'text';

/** In lower case, without parameters (RFC 9110 §8.3.1); null without a Content-Type. */
export function mediaTypeOf(headers: Headers): string | null {
  const essence = headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  return essence === undefined || essence === '' ? null : essence;
}

/** JSON is what says so by its name or suffix (RFC 6839 §3.1). Null for a media type that this client cannot handle. */
export function syntaxOf(mediaType: string): Syntax | null {
  if (/^(?:[^/*]+\/[^/*]+\+json|application\/json)$/.test(mediaType)) return 'json';
  return /^text\/[^/*]+$/.test(mediaType) ? 'text' : null;
}

/** Every media type that the operation may answer with, for Accept (RFC 9110 §12.5.1). */
export function acceptOf(operation: Operation): string {
  const types = Object.values(operation.responses).flatMap(({ content }) => Object.keys(content));
  return [...new Set(types)].join(', ');
}

/**
 * @throws {TypeError} if a body of the operation is in a media type that this client cannot handle
 */
export function assertMediaTypes(operation: Operation): void {
  const contents: readonly Content[] = [
    operation.requestBody?.content ?? {},
    ...Object.values(operation.responses).map((response) => response.content),
  ];
  for (const mediaType of contents.flatMap((content) => Object.keys(content))) {
    if (syntaxOf(mediaType) !== null) continue;
    throw new TypeError(
      `${operation.operationId} (${operation.location}): the client handles JSON and text, not ${mediaType}`,
    );
  }
}
