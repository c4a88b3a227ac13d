import type { Owner, Resource, SecurityRequirement } from '@contract-first/core';
import type { DocumentReader } from '../document/reader.ts';
import type { Place } from '../document/source.ts';
import type { DeclaredSchemes } from './security.ts';

const pathExpression = /^\$request\.path\.(\w+)$/;

/** `x-resource: { type, id }`, where `id` is a runtime expression (OAS 3.1 §4.8.20.3) that names a path parameter. */
export function planResource(reader: DocumentReader, operation: Place, pathNames: readonly string[]): Resource | null {
  const place = reader.member(operation, 'x-resource');
  if (place === undefined) return null;
  refuseUnknownMembers(reader, place, ['type', 'id']);
  const type = reader.string(place, 'type');
  if (type === undefined) reader.refuse(place, 'x-resource has no type; add the resource type of JSON:API');
  const idParameter = pathParameter(reader, place, 'id', pathNames);
  return type === undefined || idParameter === undefined ? null : { type, idParameter };
}

/** `x-owner: { subject, unless }`, where `subject` is a runtime expression that names a path parameter. */
export function planOwner(
  reader: DocumentReader,
  operation: Place,
  pathNames: readonly string[],
  security: readonly SecurityRequirement[],
  schemes: DeclaredSchemes,
): Owner | null {
  const place = reader.member(operation, 'x-owner');
  if (place === undefined) return null;
  refuseUnknownMembers(reader, place, ['subject', 'unless']);
  if (security.length === 0) {
    reader.refuse(place, 'x-owner needs a token, but the operation is public; add security or remove x-owner');
  }
  const unlessScope = reader.string(place, 'unless') ?? null;
  if (unlessScope !== null && !isDeclaredScope(unlessScope, security, schemes)) {
    reader.refuse(
      reader.member(place, 'unless') ?? place,
      `the scope ${unlessScope} is not declared; add it to a flow of a scheme of the operation`,
    );
  }
  const subjectParameter = pathParameter(reader, place, 'subject', pathNames);
  return subjectParameter === undefined ? null : { subjectParameter, unlessScope };
}

function pathParameter(
  reader: DocumentReader,
  place: Place,
  key: string,
  pathNames: readonly string[],
): string | undefined {
  const [, name] = pathExpression.exec(reader.string(place, key) ?? '') ?? [];
  const at = reader.member(place, key) ?? place;
  if (name === undefined) reader.refuse(at, `${key} is not a runtime expression; use for example $request.path.userId`);
  else if (!pathNames.includes(name)) reader.refuse(at, `the path has no parameter ${name}; name one of the path's`);
  return name;
}

function refuseUnknownMembers(reader: DocumentReader, place: Place, known: readonly string[]): void {
  for (const member of reader.members(place)) {
    if (!known.includes(member.key))
      reader.refuse(member, `${member.key} has no meaning here; use ${known.join(' and ')}`);
  }
}

/** A scheme that leaves its scopes open, such as OpenID Connect, declares every scope. */
function isDeclaredScope(scope: string, security: readonly SecurityRequirement[], schemes: DeclaredSchemes): boolean {
  const used = security.flatMap((requirement) => Object.keys(requirement)).map((name) => schemes[name]);
  const closed = used.flatMap((declared) => (declared?.scopes ? [declared.scopes] : []));
  return closed.length === 0 || closed.some((scopes) => scopes.has(scope));
}
