/** One variable of the environment: how it is read and how it is explained. */
export interface Variable<T> {
  /** What it is for: a sentence for people, in English. */
  readonly description: string;
  /** What a value looks like; completes "expected …". */
  readonly expected: string;
  /** The value without the variable, as it would be written; null if there is none. */
  readonly default: string | null;
  /** Whether a value may hold a secret and must never be shown. */
  readonly isSecret: boolean;
  /** @returns undefined if the text is not a value */
  readonly parse: (text: string) => T | undefined;
  /** The value where neither the variable nor a default is given. */
  readonly absent: T;
}

interface Facts<T> {
  readonly description: string;
  readonly expected: string;
  readonly parse: (text: string) => T | undefined;
  readonly isSecret?: boolean;
}

/**
 * A variable that always has a value.
 *
 * @throws TypeError if the default is not a value, which is a fault of the program
 */
export function withDefault<T>(text: string, facts: Facts<T>): Variable<T> {
  const absent = facts.parse(text);
  if (absent === undefined) throw new TypeError(`the default ${text} is not ${facts.expected}`);
  return { isSecret: false, ...facts, default: text, absent };
}

/** A variable that may be left out, which reads as null. */
export function optional<T>(facts: Facts<T>): Variable<T | null> {
  return { isSecret: false, ...facts, default: null, absent: null };
}
