import { type Operation, type Problem, ProblemError, problem } from '@contract-first/core';
import type { ParsedBody } from './content.ts';
import type { Values } from './parameters.ts';
import { fromBodyViolations } from './violations.ts';

/**
 * Validates a document against the schema of its media type and against the endpoint. Returns every fault, those that
 * the parser found included; a place that it found fault with is reported once.
 */
export function validateDocument(
  operation: Operation,
  mediaType: string,
  { document, problems: parsing }: ParsedBody,
  path: Values,
): readonly Problem[] {
  const schema = operation.requestBody?.content[mediaType];
  // The media type was checked before; failing here keeps an unlisted one from skipping validation.
  if (schema === undefined) throw new Error(`no schema for ${mediaType} in ${operation.operationId}`);
  const reported = new Set(parsing.map(pointerOf));
  const found = fromBodyViolations(schema.validate(document), operation.resource);
  const problems = [...parsing, ...found.filter((problem) => !reported.has(pointerOf(problem)))];
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
  if (problems.some((found) => pointerOf(found) === '/data/id')) return [];
  return [problem('idMismatch', { source: { pointer: '/data/id' } })];
}

function pointerOf({ source }: Problem): string | null {
  return source !== undefined && 'pointer' in source ? source.pointer : null;
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
