import type { Mode, Mutant } from '../mutants/mutant.ts';
import { ContractDocument, type Mutation, pointer } from './contract-document.ts';
import { messageMutations } from './message-mutators.ts';
import { operationMutations } from './operation-mutators.ts';
import { schemaMutations } from './schema-mutators.ts';
import { securityMutations } from './security-mutators.ts';
import { sitesOf } from './sites.ts';

const modes: readonly Mode[] = ['unregenerated', 'regenerated'];

/**
 * Derives every mutant of a contract, each once for each mode.
 *
 * @param text OpenAPI as YAML
 * @param file relative to the top level
 */
export function contractMutants(text: string, file: string): Mutant[] {
  const document = new ContractDocument(text);
  const mutants = mutationsOf(document).flatMap((mutation) => {
    return modes.map((mode) => mutantOf(document, file, mutation, mode));
  });
  assertDistinct(mutants);
  return mutants;
}

function mutationsOf({ root }: ContractDocument): Mutation[] {
  const sites = sitesOf(root);
  return [
    ...schemaMutations(sites),
    ...messageMutations(sites),
    ...operationMutations(sites),
    ...securityMutations(sites),
  ];
}

function mutantOf(document: ContractDocument, file: string, mutation: Mutation, mode: Mode): Mutant {
  const { kind, path, detail, change } = mutation;
  const place = pointer(path) + (detail === undefined ? '' : `#${detail.replaceAll(' ', '-')}`);
  return {
    id: `${mode}:${kind}:${place}`,
    area: 'contract',
    mode,
    kind,
    file,
    line: document.line(path),
    change,
    isDerived: false,
    text: () => document.changed(mutation.apply),
  };
}

/** @throws {Error} if two mutants have the same id: one of them could not be named in the file of equivalents */
export function assertDistinct(mutants: readonly Mutant[]): void {
  const seen = new Set<string>();
  for (const { id } of mutants) {
    if (seen.has(id)) throw new Error(`Two mutants are called ${id}; give the mutator a detail that tells them apart.`);
    seen.add(id);
  }
}
