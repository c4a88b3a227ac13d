import type { UserAttributes } from '@user-api/contract';

/** The attributes that writers set. Each value has the number of the change that it came with. */
export type NumberedAttribute = 'firstName' | 'lastName' | 'email' | 'phoneNumber' | 'pictureUrl' | 'address';

type NumberedValues = Pick<UserAttributes, NumberedAttribute>;

const values: { readonly [Name in NumberedAttribute]: (sequence: number) => NumberedValues[Name] } = {
  firstName: (sequence) => `first ${sequence}`,
  lastName: (sequence) => `last ${sequence}`,
  email: (sequence) => `user-${sequence}@example.com`,
  phoneNumber: (sequence) => `+1 ${String(sequence).padStart(9, '0')}`,
  pictureUrl: (sequence) => `https://example.com/${sequence}`,
  address: (sequence) => ({ street: `street ${sequence}`, houseNo: `${sequence}`, locality: `place ${sequence}` }),
};

export const numberedAttributes: readonly NumberedAttribute[] = [
  'firstName',
  'lastName',
  'email',
  'phoneNumber',
  'pictureUrl',
  'address',
];

/** The values of a change: every attribute says which one it is. */
export function valuesOf(attributes: readonly NumberedAttribute[], sequence: number): Partial<NumberedValues> {
  return Object.fromEntries(attributes.map((name) => [name, values[name](sequence)]));
}

/**
 * Which change an attribute has its value from.
 *
 * @returns null if the value is none that {@link valuesOf} makes, for instance one that is made of two
 */
export function sequenceOf(attribute: NumberedAttribute, value: unknown): number | null {
  const [digits = ''] = JSON.stringify(value ?? null).match(/(?:(?<=\+1 )\d+|(?<!\+)\b\d+)/) ?? [];
  const sequence = Number(digits);
  return digits !== '' && isSame(value, values[attribute](sequence)) ? sequence : null;
}

/** The order of members says nothing: a database may keep them in another. */
function isSame(value: unknown, expected: unknown): boolean {
  return canonical(value) === canonical(expected);
}

function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return JSON.stringify(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
