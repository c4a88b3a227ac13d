/** A change of a source, by its exact text. */
export interface Replacement {
  /** Part of the mutant's id. */
  readonly name: string;
  readonly kind: string;
  /** The rule of docs/rules.md that it breaks, so that the tests of the rule are asked first. */
  readonly rule?: string;
  /** Relative to the top level. */
  readonly file: string;
  /** Text that occurs exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  /** The change in words. */
  readonly change: string;
}

/**
 * Finds where a replacement applies.
 *
 * @returns the offset in the text
 * @throws {Error} that names the replacement, if its text does not occur exactly once: it has to follow the source
 */
export function offsetOf({ name, file, find }: Replacement, text: string): number {
  const at = text.indexOf(find);
  const again = text.indexOf(find, at + 1);
  if (at >= 0 && again < 0) return at;
  const reason = at < 0 ? 'does not occur any more' : 'occurs more than once';
  throw new Error(`${name}: the text «${find}» ${reason} in ${file}. Let the replacement follow.`);
}
