import { type Problem, placeOf, problem, type Resource, unknownMember, type Violation } from '@contract-first/core';

/**
 * Makes problems of the violations of a document. Each pointer leads to something that is in the document: for a missing member to
 * its parent, for an unknown member to the member (JSON:API 1.1, "Error Objects").
 *
 * @param resource the resource that the endpoint identifies: another type is a fault of its own
 */
export function fromBodyViolations(violations: readonly Violation[], resource: Resource | null): readonly Problem[] {
  return withoutEchoes(withoutBranches(violations)).map((violation) => fromBodyViolation(violation, resource));
}

function fromBodyViolation(violation: Violation, resource: Resource | null): Problem {
  const { keyword, message, pointer } = violation;
  if (unknownMember(violation) !== null) return problem('unknownMember', { source: { pointer: placeOf(violation) } });
  if (resource !== null && pointer === '/data/type' && keyword === 'const')
    return problem('typeMismatch', { source: { pointer } });
  const name = keyword === 'required' || keyword === 'dependentRequired' ? 'missingMember' : 'invalidValue';
  return problem(name, { detail: message, source: { pointer } });
}

/** Where no branch of a `oneOf` or `anyOf` fits, one problem says so; those of the single branches would contradict. */
function withoutBranches(violations: readonly Violation[]): readonly Violation[] {
  const roots = violations.filter(({ keyword }) => keyword === 'oneOf' || keyword === 'anyOf');
  const isBranch = (violation: Violation): boolean =>
    roots.some((root) => root !== violation && isWithin(violation.pointer, root.pointer));
  return violations.filter((violation) => !isBranch(violation));
}

/** A value of the wrong type is no allowed constant either; that it has the wrong type says it all. */
function withoutEchoes(violations: readonly Violation[]): readonly Violation[] {
  const mistyped = new Set(violations.filter(({ keyword }) => keyword === 'type').map(({ pointer }) => pointer));
  return violations.filter(({ keyword, pointer }) => !['const', 'enum'].includes(keyword) || !mistyped.has(pointer));
}

function isWithin(pointer: string, parent: string): boolean {
  return pointer === parent || pointer.startsWith(`${parent}/`);
}
