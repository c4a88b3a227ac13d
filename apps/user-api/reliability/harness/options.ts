import { randomInt } from 'node:crypto';
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

/** An option that takes a value. */
export interface ValueOption {
  /** The value without the option; null if there is none. */
  readonly default: string | null;
  readonly pattern: RegExp;
  readonly expected: string;
  /** @default false */
  readonly isRepeatable?: boolean;
}

/** How many of something there are. */
export const countOption = { pattern: /^[1-9]\d{0,3}$/, expected: 'a whole number from 1 to 9999' };

/** What chance depends on; another one each time, if it is not given. */
export function seedOption(): ValueOption {
  return { default: String(randomInt(1_000_000)), pattern: /./, expected: 'a text' };
}

/** Settings of what is started, to be read by {@link assignmentsOf}. */
export const settingOption = { default: null, pattern: /^\w+=/, expected: 'NAME=VALUE', isRepeatable: true };

/** @param texts NAME=VALUE */
export function assignmentsOf(texts: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(texts.map((text) => [text.replace(/=.*$/s, ''), text.replace(/^\w+=/, '')]));
}

export type Values<Options> = { readonly [Name in keyof Options]: readonly string[] };

/**
 * Reads the options of a command line.
 *
 * @returns the values of each option; null if the help is asked for
 * @throws {TypeError} that names the option, if there is no such option or value
 */
export function parseOptions<const Options extends Readonly<Record<string, ValueOption>>>(
  args: readonly string[],
  options: Options,
): Values<Options> | null {
  const names = Object.keys(options);
  const known = Object.fromEntries(names.map((name) => [name, { type: 'string' as const, multiple: true }]));
  const config: ParseArgsOptionsConfig = { ...known, help: { type: 'boolean' } };
  const { values } = parseArgs({ args: [...args], options: config });
  if (values['help'] === true) return null;
  const read = names.map((name) => [name, valuesOf(name, options[name], values[name])] as const);
  // The names are those of the options.
  return Object.fromEntries(read) as Values<Options>;
}

function valuesOf(name: string, option: ValueOption | undefined, given: unknown): readonly string[] {
  if (option === undefined) return [];
  const texts = Array.isArray(given) ? given.map(String) : [option.default].filter((text) => text !== null);
  const bad = texts.find((text) => !option.pattern.test(text));
  if (bad !== undefined) throw new TypeError(`--${name} ${bad}: expected ${option.expected}`);
  if (texts.length > 1 && option.isRepeatable !== true) throw new TypeError(`--${name} stands twice`);
  return texts;
}
