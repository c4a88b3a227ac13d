import { assertDistinct } from '../contract/contract-mutants.ts';
import type { Mutant } from '../mutants/mutant.ts';
import { sourceChanges } from './operators.ts';
import { offsetOf, type Replacement } from './replacement.ts';

export interface SourceSet {
  readonly area: string;
  /** The files that the operators change, relative to the top level. */
  readonly files: readonly string[];
  /** Changes that no operator makes; their files may be others. */
  readonly replacements: readonly Replacement[];
}

/**
 * Derives the mutants of sources.
 *
 * @param read gives the text of a file
 * @throws {Error} if a replacement does not fit its file any more
 */
export function sourceMutants({ area, files, replacements }: SourceSet, read: (file: string) => string): Mutant[] {
  const derived = files.flatMap((file) => derivedMutants(area, file, read(file)));
  const listed = replacements.map((replacement) => listedMutant(area, replacement, read(replacement.file)));
  const mutants = [...listed, ...derived];
  assertDistinct(mutants);
  return mutants;
}

function listedMutant(area: string, replacement: Replacement, text: string): Mutant {
  const { name, kind, rule, file, find, replace, change } = replacement;
  const start = offsetOf(replacement, text);
  return {
    id: `${area}:${kind}:${name}`,
    area,
    mode: 'source',
    kind,
    ...(rule !== undefined && { rule }),
    file,
    line: lineOf(text, start),
    change,
    isDerived: false,
    text: () => text.slice(0, start) + replace + text.slice(start + find.length),
  };
}

function derivedMutants(area: string, file: string, text: string): Mutant[] {
  const seen = new Map<string, number>();
  return sourceChanges(file, text).map(({ kind, scope, start, end, replacement, change }) => {
    const place = `${kind}:${file}#${scope}`;
    const count = (seen.get(place) ?? 0) + 1;
    seen.set(place, count);
    return {
      id: `${area}:${place}.${count}`,
      area,
      mode: 'source',
      kind,
      file,
      line: lineOf(text, start),
      change,
      isDerived: true,
      text: () => text.slice(0, start) + replacement + text.slice(end),
    };
  });
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
