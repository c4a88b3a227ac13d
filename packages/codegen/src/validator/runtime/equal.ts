import { isObject } from './members.ts';

/** Equality of a JSON value and a constant of the schema (JSON Schema Core §4.2.2). */
export function equal(value: unknown, constant: unknown): boolean {
  if (value === constant) return true;
  if (Array.isArray(constant))
    return (
      Array.isArray(value) && value.length === constant.length && constant.every((item, at) => equal(value[at], item))
    );
  if (!isObject(constant) || !isObject(value)) return false;
  const names = Object.keys(constant);
  return (
    Object.keys(value).length === names.length &&
    names.every((name) => Object.hasOwn(value, name) && equal(value[name], constant[name]))
  );
}
