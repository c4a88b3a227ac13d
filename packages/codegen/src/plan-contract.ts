import type { Method } from '@contract-first/core';
import { refuseBrokenReferences, refuseComponentNames } from './document/components.ts';
import type { DocumentReader, Member } from './document/reader.ts';
import { type Compilation, planOperation } from './operation/operation.ts';
import { refuseAmbiguousPaths, templateParameters } from './operation/path-template.ts';
import { securitySchemes } from './operation/security.ts';
import { basePath } from './operation/server.ts';
import type { ContractPlan, OperationPlan } from './plan.ts';
import type { SchemaRegistry } from './schema/registry.ts';

/** The methods of a path item that are served (OAS 3.1 §4.8.9). */
export const methods: readonly Method[] = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];
const documentMembers = [
  'openapi',
  'info',
  'jsonSchemaDialect',
  'servers',
  'paths',
  'webhooks',
  'components',
  'security',
  'tags',
  'externalDocs',
];

const infoMembers = ['title', 'summary', 'description', 'termsOfService', 'contact', 'license', 'version'];

/** Compiles the document into the operation table; whatever cannot be enforced is refused by the reader. */
export function planContract(reader: DocumentReader, registry: SchemaRegistry): ContractPlan {
  refuseOtherDocuments(reader);
  refuseComponentNames(reader);
  refuseBrokenReferences(reader);
  const declared = securitySchemes(reader);
  const compilation: Compilation = { reader, registry, schemes: declared };
  const paths = reader.members(reader.member(reader.root, 'paths')).filter(({ key }) => !key.startsWith('x-'));
  refuseAmbiguousPaths(reader, paths);
  const operations = paths.flatMap((path) => planPath(compilation, path));
  refuseDuplicates(compilation, paths);
  if (operations.length === 0) reader.refuse(reader.root, 'the document has no operations; add a path with a method');
  const info = reader.member(reader.root, 'info') ?? reader.root;
  return {
    title: reader.string(info, 'title') ?? '',
    version: reader.string(info, 'version') ?? '',
    basePath: basePath(reader),
    operations: Object.fromEntries(operations.map((operation) => [operation.operationId, operation])),
    securitySchemes: Object.fromEntries(Object.entries(declared).map(([name, { scheme }]) => [name, scheme])),
  };
}

function refuseOtherDocuments(reader: DocumentReader): void {
  const version = reader.member(reader.root, 'openapi');
  if (!/^3\.1\.\d+$/.test(String(version?.value))) {
    reader.refuse(version ?? reader.root, 'the document is not OpenAPI 3.1; set openapi: 3.1.0 and follow its rules');
  }
  reader.allowOnly(reader.root, 'document', documentMembers);
  const dialect = reader.member(reader.root, 'jsonSchemaDialect');
  if (dialect !== undefined && !String(dialect.value).startsWith('https://spec.openapis.org/oas/3.1/dialect/')) {
    reader.refuse(dialect, 'only the dialect of OpenAPI 3.1 is validated; remove jsonSchemaDialect');
  }
  const webhooks = reader.member(reader.root, 'webhooks');
  if (webhooks !== undefined && reader.members(webhooks).length > 0) {
    reader.refuse(webhooks, 'webhooks are not served; describe them in a contract of their own');
  }
  const info = reader.member(reader.root, 'info');
  if (info !== undefined) reader.allowOnly(info, 'info', infoMembers);
  for (const key of ['title', 'version']) {
    if (info === undefined || reader.member(info, key) === undefined) {
      reader.refuse(info ?? reader.root, `info has no ${key}; add it`);
    }
  }
}

function planPath(compilation: Compilation, path: Member): readonly OperationPlan[] {
  const { reader } = compilation;
  const pathNames = templateParameters(reader, path);
  reader.allowOnly(path, 'path item', ['summary', 'description', 'parameters', 'servers', '$ref', 'trace', ...methods]);
  for (const key of ['servers', '$ref', 'trace', 'x-owner', 'x-resource']) {
    const at = reader.member(path, key);
    if (at !== undefined) reader.refuse(at, `${key} of a path item is not served; ${remedy(key)}`);
  }
  return methods.flatMap((method) => {
    const operation = reader.member(path, method);
    return operation === undefined ? [] : [planOperation(compilation, { method, operation, path, pathNames })];
  });
}

function remedy(key: string): string {
  if (key === 'servers') return 'use the servers of the document';
  if (key === '$ref') return 'write the operations in place, or bundle first with: redocly bundle';
  return key === 'trace' ? 'remove it' : 'put it into each operation';
}

function refuseDuplicates({ reader }: Compilation, paths: readonly Member[]): void {
  const seen = new Set<unknown>();
  for (const path of paths) {
    for (const method of methods) {
      const operation = reader.member(path, method);
      const operationId = operation && reader.member(operation, 'operationId');
      if (operationId === undefined) continue;
      if (seen.has(operationId.value)) {
        reader.refuse(
          operationId,
          `the operationId ${String(operationId.value)} is there twice; give each operation its own`,
        );
      }
      seen.add(operationId.value);
    }
  }
}
