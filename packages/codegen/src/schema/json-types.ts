/** The names that JSON Schema has for the type of a value (2020-12 core §4.2.1, validation §6.1.1). */
export function jsonTypes(value: unknown): readonly string[] {
  if (value === null) return ['null'];
  if (Array.isArray(value)) return ['array'];
  return Number.isInteger(value) ? ['integer', 'number'] : [typeof value];
}
