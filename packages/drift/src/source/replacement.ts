import { parse } from 'yaml';
import { z } from 'zod';

const replacement = z.strictObject({
  /** Part of the mutant's id. */
  name: z.string().min(1),
  kind: z.string().min(1),
  /** The rule of behaviour that it breaks, so that the tests with its number are asked first. */
  rule: z.string().optional(),
  /** The change in words. */
  change: z.string().min(1),
  /** Relative to the top level. */
  file: z.string().min(1),
  /** Text that occurs exactly once in the file. */
  find: z.string().min(1),
  replace: z.string(),
});

/** A change of a source that a person thought of, by its exact text. */
export type Replacement = z.infer<typeof replacement>;

/**
 * Reads a list of replacements.
 *
 * @param file for messages
 * @throws {Error} that names the file and everything that is wrong in it
 */
export function parseReplacements(text: string, file: string): readonly Replacement[] {
  const result = z.array(replacement).safeParse(parse(text));
  if (result.success) return result.data;
  throw new Error(`${file} is not a list of replacements:\n${z.prettifyError(result.error)}`);
}

/**
 * Where the text of a replacement stands.
 *
 * @throws {Error} if it does not stand there exactly once
 */
export function offsetOf({ name, file, find }: Replacement, text: string): number {
  const at = text.indexOf(find);
  const again = text.indexOf(find, at + 1);
  if (at >= 0 && again < 0) return at;
  const reason = at < 0 ? 'does not occur any more' : 'occurs more than once';
  throw new Error(`The replacement ${name}: the text «${find}» ${reason} in ${file}. Let its find follow the source.`);
}
