import type { UserAttributes, UserDocument } from '@user-api/contract';
import type { UserRow } from '../storage/user-store.ts';

/** The complete record of a row: every attribute, null where it is not set (rule J24). */
export function userDocument({ id, attributes, createdAt }: UserRow): UserDocument {
  return { data: { type: 'User', id, attributes: { ...unset(createdAt), ...known(attributes) } } };
}

/**
 * A record without any stored attribute, in the order of the contract. The compiler wants every attribute of the
 * contract here. No record lacks the e-mail address; if one did, the reply check would not let it leave.
 */
function unset(createdAt: Date): UserAttributes {
  return {
    firstName: null,
    lastName: null,
    email: '',
    phoneNumber: null,
    pictureUrl: null,
    gender: null,
    createdAt: timestamp(createdAt),
    birthDate: null,
    address: null,
    locale: null,
    zoneInfo: null,
  };
}

const names: ReadonlySet<string> = new Set(Object.keys(unset(new Date(0))).filter((name) => name !== 'createdAt'));

/** Attributes that an older or a newer contract stored are not part of the record. */
function known(attributes: UserRow['attributes']): Partial<UserAttributes> {
  const entries = Object.entries(attributes).filter(([name]) => names.has(name));
  // Only validated attributes are stored, and the reply is validated once more before it leaves.
  return Object.fromEntries(entries) as Partial<UserAttributes>;
}

/** RFC 3339 in UTC, with three fraction digits or none: existing clients decode nothing else. */
export function timestamp(instant: Date): string {
  return instant.toISOString().replace('.000Z', 'Z');
}

/** The strong entity tag of a version (RFC 9110 §8.8.3). */
export function entityTag({ version }: UserRow): string {
  return `"${version}"`;
}
