import type { UserAttributes, UserDocument } from '@user-api/contract';
import type { UserRow } from '../storage/user-store.ts';

/**
 * The attributes that a row keeps in its `attributes`, with their value where nothing is stored. The compiler wants
 * every attribute of the contract here, save for those that the server sets.
 */
const unset = {
  firstName: null,
  lastName: null,
  email: '',
  phoneNumber: null,
  pictureUrl: null,
  gender: null,
  birthDate: null,
  address: null,
  locale: null,
  zoneInfo: null,
} as const satisfies Omit<UserAttributes, 'createdAt'>;

/** The complete record of a row: every attribute, null where it is not set (rule J24). */
export function userDocument({ id, attributes, createdAt }: UserRow): UserDocument {
  return { data: { type: 'User', id, attributes: { ...unset, ...known(attributes), createdAt: timestamp(createdAt) } } };
}

/** Attributes that an older or a newer contract stored are not part of the record. */
function known(attributes: UserRow['attributes']): Partial<Omit<UserAttributes, 'createdAt'>> {
  const entries = Object.entries(attributes).filter(([name]) => Object.hasOwn(unset, name));
  // Only validated attributes are stored, and the reply is validated once more before it leaves.
  return Object.fromEntries(entries) as Partial<Omit<UserAttributes, 'createdAt'>>;
}

/** RFC 3339 in UTC, with three fraction digits or none: existing clients decode nothing else. */
export function timestamp(instant: Date): string {
  return instant.toISOString().replace('.000Z', 'Z');
}

/** The strong entity tag of a version (RFC 9110 §8.8.3). */
export function entityTag({ version }: UserRow): string {
  return `"${version}"`;
}
