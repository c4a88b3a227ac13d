import type { Violation } from './contract.ts';
import { appendPointer } from './json.ts';

/**
 * The member that the schema does not allow, if that is what is wrong.
 *
 * @returns its name; null for every other violation
 */
export function unknownMember({ params }: Violation): string | null {
  const name = params['additionalProperty'] ?? params['unevaluatedProperty'];
  return typeof name === 'string' ? name : null;
}

/**
 * Where a violation is. A schema blames the parent for a member that must not be there; this leads to the member.
 *
 * @returns a JSON Pointer (RFC 6901) within the validated value
 */
export function placeOf(violation: Violation): string {
  const member = unknownMember(violation);
  return member === null ? violation.pointer : appendPointer(violation.pointer, member);
}
