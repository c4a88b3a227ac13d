/** Objects as JSON has them: own members only, and one whose value is undefined is not there (ECMA-262 §25.5.2). */

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// V8 answers this without a look-up within a `for…in` over the same object, which it does not do for Object.hasOwn.
const hasOwn = Object.prototype.hasOwnProperty;

/** The value of an own member; undefined if there is none. */
export function own(value: Readonly<Record<string, unknown>>, name: string): unknown {
  return hasOwn.call(value, name) ? value[name] : undefined;
}

export function has(value: Readonly<Record<string, unknown>>, name: string): boolean {
  return own(value, name) !== undefined;
}

export function countMembers(value: Readonly<Record<string, unknown>>): number {
  let count = 0;
  for (const name in value) if (own(value, name) !== undefined) count += 1;
  return count;
}
