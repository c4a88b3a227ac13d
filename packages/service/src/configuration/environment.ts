import { misspeltVariables } from './misspelt-variables.ts';
import type { Variable } from './variable.ts';

/** The environment, as `process.env` has it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The variables that a service reads, by name. */
export type Variables = Readonly<Record<string, Variable<unknown>>>;

/** Every variable's value. */
export type ValuesOf<V extends Variables> = { readonly [Name in keyof V]: V[Name]['absent'] };

/** One thing that is wrong with the configuration. */
export interface ConfigurationProblem {
  readonly variable: string;
  /** What was found and what is expected. Never has a secret. */
  readonly message: string;
}

/** Everything that is wrong with the configuration. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly problems: readonly ConfigurationProblem[];

  constructor(problems: readonly ConfigurationProblem[], warnings: readonly string[]) {
    const lines = [...problems.map(({ variable, message }) => `${variable}: ${message}`), ...warnings];
    super(`the configuration is not valid:\n${lines.map((line) => `  ${line}`).join('\n')}`);
    this.problems = problems;
  }
}

/** What was read from the environment. */
export interface EnvironmentReading<V extends Variables> {
  readonly values: ValuesOf<V>;
  /** Names that look like those of variables; nothing that keeps the service from starting. */
  readonly warnings: readonly string[];
}

/**
 * Reads variables from the environment. An empty one counts as not set.
 *
 * @param contradictions finds what is wrong with the values together
 * @throws {@link ConfigurationError} with every problem at once
 */
export function readEnvironment<V extends Variables>(
  variables: V,
  environment: Environment,
  contradictions: (values: ValuesOf<V>) => readonly ConfigurationProblem[] = () => [],
): EnvironmentReading<V> {
  const warnings = misspeltVariables(environment, Object.keys(variables));
  const problems: ConfigurationProblem[] = [];
  const read = ([name, variable]: readonly [string, Variable<unknown>]): readonly [string, unknown] => {
    const { value, message } = readVariable(variable, environment[name] ?? '');
    if (message !== null) problems.push({ variable: name, message });
    return [name, value];
  };
  // Each name has the value that its own variable parsed.
  const values = Object.fromEntries(Object.entries(variables).map(read)) as ValuesOf<V>;
  problems.push(...contradictions(values));
  if (problems.length > 0) throw new ConfigurationError(problems, warnings);
  return { values, warnings };
}

function readVariable({ parse, absent, expected, isSecret }: Variable<unknown>, text: string) {
  const value = text === '' ? absent : parse(text);
  if (value !== undefined) return { value, message: null };
  return { value: absent, message: `${isSecret ? 'its value' : shown(text)} is not ${expected}` };
}

function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

/** A row of the documentation. */
export interface VariableReference {
  readonly name: string;
  /** As it would be written; null if there is none. */
  readonly default: string | null;
  readonly description: string;
  /** What a value looks like. */
  readonly expected: string;
}

/** What `--help` and the documentation say about the configuration. */
export function environmentReference(variables: Variables): readonly VariableReference[] {
  return Object.entries(variables).map(([name, { default: text, description, expected }]) => {
    return { name, default: text, description, expected };
  });
}
