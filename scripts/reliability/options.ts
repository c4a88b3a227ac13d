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
