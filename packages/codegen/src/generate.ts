import { DocumentReader } from './document/reader.ts';
import { parseSource } from './document/source.ts';
import { contractFile } from './emit/contract.ts';
import { documentFile } from './emit/document.ts';
import { typesFile } from './emit/types.ts';
import { validatorsFile, validatorsModule } from './emit/validators.ts';
import type { ContractPlan } from './plan.ts';
import { planContract } from './plan-contract.ts';
import { checkSchemas } from './schema/check-all.ts';
import { SchemaRegistry } from './schema/registry.ts';

/** Text of each generated file by its name. */
export type GeneratedFiles = Readonly<Record<string, string>>;

/** A document that was accepted. */
export interface Compiled {
  readonly reader: DocumentReader;
  readonly registry: SchemaRegistry;
  readonly plan: ContractPlan;
}

/**
 * Compiles a document and checks that all of it can be enforced.
 *
 * @param text OpenAPI 3.1 as YAML or JSON
 * @param name the document's file name, for messages
 * @throws RefusedDocumentError with every reason and its place
 */
export function compile(text: string, name: string): Compiled {
  const reader = new DocumentReader(parseSource(text, name));
  const registry = new SchemaRegistry(reader);
  const plan = planContract(reader, registry);
  checkSchemas(reader, registry);
  reader.assertNothingRefused();
  return { reader, registry, plan };
}

/**
 * Generates the files of a contract package in memory. Equal text gives equal files.
 *
 * @param text OpenAPI 3.1 as YAML or JSON
 * @param name the document's file name, for messages and for line 1 of the files
 * @throws RefusedDocumentError with every reason and its place
 */
export async function generate(text: string, name: string): Promise<GeneratedFiles> {
  const { reader, registry, plan } = compile(text, name);
  const [types, validators] = await Promise.all([typesFile(reader.source.name, reader), validatorsModule(registry)]);
  return {
    'contract.gen.ts': contractFile(reader.source.name, plan),
    'document.gen.ts': documentFile(reader.source.name, reader.root.value),
    'types.gen.ts': types,
    'validators.gen.ts': validatorsFile(reader.source.name, validators),
  };
}
