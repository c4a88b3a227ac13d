import { runInThisContext } from 'node:vm';
import type { AnyOperations, Contract, Validator } from '@contract-first/core';
import { validatorsModule, validatorsScript } from './emit/validators.ts';
import { compile } from './generate.ts';
import { ValidatorName } from './plan.ts';

/**
 * Compiles a document to a contract in memory, for tests with documents that are not generated into a package.
 *
 * @typeParam Operations the `operations` interface of the document, if the caller has one
 * @param text OpenAPI 3.1 as YAML or JSON
 * @param name the document's file name, for messages
 * @throws RefusedDocumentError with every reason and its place
 */
export async function compileContract<Operations = AnyOperations>(
  text: string,
  name = 'openapi.yaml',
): Promise<Contract<Operations>> {
  return (await compileDocument<Operations>(text, name)).contract;
}

/** A contract in memory, and the document as it was read: plain JSON, with its references. */
export interface CompiledDocument<Operations> {
  readonly contract: Contract<Operations>;
  readonly document: object;
}

/** As {@link compileContract}, with the document that tools want to look at beside the contract. */
export async function compileDocument<Operations = AnyOperations>(
  text: string,
  name = 'openapi.yaml',
): Promise<CompiledDocument<Operations>> {
  const { reader, registry, plan } = compile(text, name);
  const script = validatorsScript(await validatorsModule(registry));
  const validators: unknown = runInThisContext(script, { filename: `validators of ${name}` });
  // The script was made of the plan's own schemas: it exports a validator for each name in the plan, and the plan has
  // the shape of a contract but for them. That the operations are those of the document is the caller's word.
  const contract = bind(plan, validators as Record<string, Validator>) as Contract<Operations>;
  // A document that is no object has been refused.
  return { contract, document: Object(reader.root.value) };
}

function bind(value: unknown, validators: Readonly<Record<string, Validator>>): unknown {
  if (value instanceof ValidatorName) return validators[value.name];
  if (Array.isArray(value)) return value.map((item) => bind(item, validators));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, bind(member, validators)]));
}
