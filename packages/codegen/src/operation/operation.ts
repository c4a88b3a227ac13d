import type { Method } from '@contract-first/core';
import type { DocumentReader, Member } from '../document/reader.ts';
import type { OperationPlan } from '../plan.ts';
import type { SchemaRegistry } from '../schema/registry.ts';
import { planOwner, planResource } from './extensions.ts';
import { mergedParameters, planParameter } from './parameter.ts';
import { type PlacedParameter, refuseSharedNames } from './parameter-names.ts';
import { planRequestBody } from './request-body.ts';
import { planResponses } from './response.ts';
import { type DeclaredSchemes, planSecurity } from './security.ts';

const members = [
  'tags',
  'summary',
  'description',
  'externalDocs',
  'operationId',
  'parameters',
  'requestBody',
  'responses',
  'deprecated',
  'security',
];

/** What every operation of a document is compiled with. */
export interface Compilation {
  readonly reader: DocumentReader;
  readonly registry: SchemaRegistry;
  readonly schemes: DeclaredSchemes;
}

/** An operation and where it comes from. */
export interface DeclaredOperation {
  readonly method: Method;
  readonly operation: Member;
  readonly path: Member;
  /** Names of the parameters of the path template. */
  readonly pathNames: readonly string[];
}

/** One row of the operation table (OAS 3.1 §4.8.10). */
export function planOperation(compilation: Compilation, declared: DeclaredOperation): OperationPlan {
  const { reader, registry, schemes } = compilation;
  const { method, operation, path, pathNames } = declared;
  refuseUnservedMembers(reader, operation);
  const operationId = identifier(reader, operation);
  const security = planSecurity(reader, schemes, operation);
  return {
    operationId,
    method,
    path: path.key,
    location: `${reader.source.name}:${reader.source.position(operation.pointer).line}`,
    parameters: planParameters(compilation, declared, operationId),
    requestBody: planRequestBody(reader, registry, operation, method, operationId),
    responses: planResponses(reader, registry, operation, method, operationId),
    security,
    resource: planResource(reader, operation, pathNames),
    owner: planOwner(reader, operation, pathNames, security, schemes),
  };
}

function refuseUnservedMembers(reader: DocumentReader, operation: Member): void {
  reader.allowOnly(operation, 'operation', [...members, 'servers', 'callbacks']);
  const servers = reader.member(operation, 'servers');
  if (servers !== undefined)
    reader.refuse(servers, 'servers of one operation are not served; use those of the document');
  const callbacks = reader.member(operation, 'callbacks');
  if (callbacks !== undefined)
    reader.refuse(callbacks, 'callbacks are not sent; describe them in a contract of their own');
}

function identifier(reader: DocumentReader, operation: Member): string {
  const operationId = reader.string(operation, 'operationId');
  const at = reader.member(operation, 'operationId') ?? operation;
  if (operationId === undefined)
    reader.refuse(at, 'the operation has no operationId; give it one, for example GetUser');
  else if (!/^[A-Za-z_$][\w$]*$/.test(operationId) || operationId in Object.prototype) {
    reader.refuse(
      at,
      `the operationId ${operationId} is not an identifier; use letters and digits, for example GetUser`,
    );
  }
  return operationId ?? `${operation.pointer}`;
}

function planParameters(
  { reader, registry }: Compilation,
  { path, operation, pathNames }: DeclaredOperation,
  operationId: string,
): OperationPlan['parameters'] {
  const merged = mergedParameters(reader, path, operation);
  const declaredNames = merged.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
  for (const name of pathNames.filter((name) => !declaredNames.includes(name))) {
    reader.refuse(operation, `the path parameter ${name} is not declared; add it to parameters`);
  }
  for (const { name, place } of merged.filter((parameter) => parameter.in === 'path')) {
    if (!pathNames.includes(name))
      reader.refuse(place, `the path ${path.key} has no {${name}}; add it or remove the parameter`);
  }
  const planned = merged.flatMap((parameter): PlacedParameter[] => {
    const plan = planParameter(reader, registry, parameter, operationId);
    return plan === undefined ? [] : [{ plan, place: parameter.place }];
  });
  refuseSharedNames(reader, planned);
  return planned.map(({ plan }) => plan);
}
