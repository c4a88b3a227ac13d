const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text is the id of a user: a UUID (RFC 9562 §4), in any case. */
export function isUserId(text: string): boolean {
  return UUID.test(text);
}
