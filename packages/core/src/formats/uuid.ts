const form = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** `uuid`: the plain form of RFC 9562 §4 in any case; no `urn:uuid:`, no braces, which databases refuse or rewrite. */
export function isUuid(value: string): boolean {
  return form.test(value);
}
