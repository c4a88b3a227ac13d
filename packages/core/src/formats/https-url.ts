import { isUriReference } from './uri-reference.ts';

// The raw text is tested, because the URL parser repairs `https:host`, backslashes and inner tabs.
const httpsWithHost = /^https:\/\/(?=[^:/?#])[^@/?#]+(?:[/?#]|$)/i;

/** `https-url`: an absolute https URL (RFC 3986, RFC 9110 §4.2.2) with a host and without credentials. */
export function isHttpsUrl(value: string): boolean {
  return httpsWithHost.test(value) && isUriReference(value) && URL.canParse(value);
}
