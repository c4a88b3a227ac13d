import { type GeneratedFiles, generate, RefusedDocumentError } from '@contract-first/codegen';
import type { Mutant } from '../mutants/mutant.ts';
import type { Tree } from '../run/tree.ts';
import { firstLine } from './command.ts';
import { eachAlone, type Finding, type Gate } from './gate.ts';

/** What the generator makes of a document: files, or its refusal in words. */
type Outcome = { readonly files: GeneratedFiles } | { readonly refusal: string };

/** Generates the contract package of mutants, in memory, once for both modes of a mutant. */
export class Generation {
  readonly #tree: Tree;
  readonly #folder: string;
  readonly #outcomes = new Map<string, Promise<Outcome>>();

  /** @param folder where the generator writes, relative to the top level */
  constructor(tree: Tree, folder: string) {
    this.#tree = tree;
    this.#folder = folder;
  }

  of({ file, text, id, mode }: Mutant): Promise<Outcome> {
    const key = id.slice(mode.length);
    const known = this.#outcomes.get(key);
    if (known !== undefined) return known;
    const outcome = this.generated(text(), file);
    this.#outcomes.set(key, outcome);
    return outcome;
  }

  async generated(text: string, file: string): Promise<Outcome> {
    try {
      return { files: await generate(text, file) };
    } catch (error) {
      if (error instanceof RefusedDocumentError) return { refusal: firstLine(error.message) };
      // A generator that fails writes nothing either, but should have said why.
      return { refusal: `the generator failed: ${String(error)}` };
    }
  }

  forget(): void {
    this.#outcomes.clear();
  }

  /** The generated files that differ from those in the tree. */
  stale(files: GeneratedFiles): string[] {
    return Object.keys(files).filter((name) => files[name] !== this.#tree.read(`${this.#folder}/${name}`));
  }

  /** Everything that a mutant changes in the tree, by file. */
  async changesOf(mutant: Mutant): Promise<Readonly<Record<string, string>>> {
    const own = { [mutant.file]: mutant.text() };
    if (mutant.mode !== 'regenerated') return own;
    const outcome = await this.of(mutant);
    if ('refusal' in outcome) throw new Error(`${mutant.id} is refused: ${outcome.refusal}`);
    const generated = Object.entries(outcome.files).map(([name, text]) => [`${this.#folder}/${name}`, text]);
    return { ...own, ...Object.fromEntries(generated) };
  }
}

/** `npm run generate` must refuse the document, or, if nobody ran it, `npm run generate:check` must tell. */
export function generateGate(tree: Tree, generation: Generation, contractFile: string): Gate {
  const check = async (mutant: Mutant): Promise<Pick<Finding, 'complaint'>> => {
    const outcome = await generation.of(mutant);
    if ('refusal' in outcome) return { complaint: `refused: ${outcome.refusal}` };
    if (mutant.mode === 'regenerated') return { complaint: null };
    const stale = generation.stale(outcome.files);
    return { complaint: stale.length > 0 ? `${stale.join(', ')} stale` : null };
  };
  return {
    name: 'generate',
    applies: ({ area }) => area === 'contract',
    assertGreen: async () => {
      const outcome = await generation.generated(tree.read(contractFile), contractFile);
      if ('refusal' in outcome) throw new Error(outcome.refusal);
      const stale = generation.stale(outcome.files);
      if (stale.length > 0) throw new Error(`${stale.join(', ')} stale; run: npm run generate`);
    },
    check: (mutants, context) => eachAlone(mutants, context, check),
  };
}
