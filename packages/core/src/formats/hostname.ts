const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

/** `hostname` of RFC 1123 §2.1: ASCII labels of 1 to 63 characters, at most 253 in all, no trailing dot. */
export function isHostname(value: string): boolean {
  return value.length <= 253 && value.split('.').every((part) => label.test(part));
}
