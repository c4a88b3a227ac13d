import type { Parameter } from '../contract.ts';

/**
 * The names that belong to a parameter of a query or of cookies: mostly its own. An exploded object has one for each
 * member instead, and a deepObject has `name[member]`.
 */
export interface ParameterNames {
  readonly exact: ReadonlySet<string>;
  /** `name[` of a deepObject, whose names end with a bracket; otherwise null. */
  readonly prefix: string | null;
  /** Whether every name that belongs to no other parameter is a member. */
  readonly open: boolean;
}

export function namesOf({ name, serialization }: Pick<Parameter, 'name' | 'serialization'>): ParameterNames {
  const own = { exact: new Set([name]), prefix: null, open: false };
  if ('mediaType' in serialization || serialization.shape.kind !== 'object') return own;
  const { style, explode, shape } = serialization;
  if (style === 'deepObject') return { exact: new Set(), prefix: `${name}[`, open: false };
  if (!explode) return own;
  return { exact: new Set(Object.keys(shape.properties)), prefix: null, open: shape.additional !== null };
}

/** Whether a name belongs to the parameter, whatever is open. */
export function hasName({ exact, prefix }: ParameterNames, name: string): boolean {
  return exact.has(name) || (prefix !== null && name.startsWith(prefix) && name.endsWith(']'));
}

/**
 * What could belong to either of two parameters.
 *
 * @returns a name, `…` for any; null if they can be told apart
 */
export function sharedName(one: ParameterNames, other: ParameterNames): string | null {
  if (one.open && other.open) return '…';
  const exact =
    [...one.exact].find((name) => hasName(other, name)) ?? [...other.exact].find((name) => hasName(one, name));
  if (exact !== undefined) return exact;
  if (one.prefix === null || other.prefix === null) return null;
  const [longer, shorter] =
    one.prefix.length > other.prefix.length ? [one.prefix, other.prefix] : [other.prefix, one.prefix];
  return longer.startsWith(shorter) ? `${longer}…]` : null;
}
