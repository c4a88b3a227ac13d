/** A JSON object whose members are not yet checked. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads an own member, so that a name such as `constructor` finds nothing. */
export function member(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Reads a member that is a string or a list of strings. Anything else gives undefined. */
export function stringList(object: JsonObject, name: string): readonly string[] | undefined {
  const value = member(object, name);
  if (typeof value === 'string') return [value];
  return isStringArray(value) ? value : undefined;
}

function isStringArray(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
