/** `password`: a hint for forms (OAS 3.1 §4.4.2); every string is one. */
export function isPassword(_value: string): boolean {
  return true;
}
