import { createHash } from 'node:crypto';

/** Texts that a careless dump or an encoding would spoil. */
const names = ['Jane', 'Zoë', '李小龍', 'O’Brien', 'back\\slash', 'tab\tand\nline', '"quoted"', '😀', "d'Arc"];

/**
 * Records for `users import`, one on each line: the same for the same count, with other attributes set from one to the
 * next.
 */
export function userLines(count: number): string {
  return Array.from({ length: count }, (_, index) => `${JSON.stringify(user(index))}\n`).join('');
}

function user(index: number): object {
  const name = names[index % names.length];
  return {
    type: 'User',
    id: uuid(index),
    attributes: {
      email: `user-${index}@example.com`,
      ...(index % 2 === 0 && { firstName: name }),
      ...(index % 3 === 0 && { lastName: `${name} ${index}` }),
      ...(index % 5 === 0 && { birthDate: '0000-02-29', locale: 'de-DE' }),
      ...(index % 7 === 0 && { address: { country: 'DE', locality: name, street: 'Haid-und-Neu-Straße' } }),
      createdAt: new Date(Date.UTC(2020, 0, 1) + index * 61_001).toISOString(),
    },
  };
}

/** Spread over all ids, and the same each time. */
function uuid(index: number): string {
  const hex = createHash('sha256').update(`user ${index}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
