import { isUriReference } from './uri-reference.ts';

const absolute = /^[a-z][a-z0-9+.-]*:/i;

/** `uri`: URI of RFC 3986 §3, so with a scheme. */
export function isUri(value: string): boolean {
  return absolute.test(value) && isUriReference(value);
}
