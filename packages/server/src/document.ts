import { type Operation, type Problem, ProblemError, problem } from '@user-api/core';
import type { Values } from './exchange.ts';
import { fromBodyViolations } from './violations.ts';

/** Validates a document against the schema of its media type and against the endpoint. Returns every fault. */
export function validateDocument(
  operation: Operation,
  mediaType: string,
  document: unknown,
  path: Values,
): readonly Problem[] {
  const schema = operation.requestBody?.content[mediaType];
  // The media type was checked before; failing here keeps an unlisted one from skipping validation.
  if (schema === undefined) throw new Error(`no schema for ${mediaType} in ${operation.operationId}`);
  const problems = fromBodyViolations(schema.validate(document), operation.resource);
  if (operation.resource === null) return problems;
  return [...problems, ...idMismatch(operation.resource.idParameter, document, path, problems)];
}

function idMismatch(
  parameter: string,
  document: unknown,
  path: Values,
  problems: readonly Problem[],
): readonly Problem[] {
  const id = member(member(document, 'data'), 'id');
  const expected = path[parameter];
  if (typeof id !== 'string' || typeof expected !== 'string' || id.toLowerCase() === expected.toLowerCase()) return [];
  if (problems.some((found) => isAt(found, '/data/id'))) return [];
  return [problem('idMismatch', { source: { pointer: '/data/id' } })];
}

function isAt({ source }: Problem, pointer: string): boolean {
  return source !== undefined && 'pointer' in source && source.pointer === pointer;
}

/**
 * No operation changes relationships (JSON:API 1.1, "Updating a Resource's Relationships").
 *
 * @throws ProblemError 403
 */
export function refuseRelationships(operation: Operation, document: unknown): void {
  if (operation.resource === null || member(member(document, 'data'), 'relationships') === undefined) return;
  throw new ProblemError(problem('relationshipsNotAllowed', { source: { pointer: '/data/relationships' } }));
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}
