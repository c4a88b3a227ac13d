const form = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** `byte`: base64 with padding (RFC 4648 §4). */
export function isByte(value: string): boolean {
  return form.test(value);
}
