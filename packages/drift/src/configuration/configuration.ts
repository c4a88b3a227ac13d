import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const paths = z.array(z.string().min(1));

const contract = z.strictObject({
  /** The OpenAPI document. */
  document: z.string().min(1),
  /** The folder that the generator writes to. */
  generated: z.string().min(1),
  /** The packages whose types are made of the contract. */
  compiled: paths,
  /** The packages whose tests are asked, the likeliest to notice something first. */
  tests: paths,
});

const area = z.strictObject({
  /** Patterns of the files that operators change. */
  sources: paths,
  /** The packages that have to compile without a mutant. */
  compiled: paths,
  tests: paths,
  /** Files with changes that a person thought of, relative to the configuration. */
  replacements: paths.default([]),
});

const configuration = z.strictObject({
  contract,
  areas: z.record(z.string().regex(/^[a-z][a-z-]*$/), area),
  /** The file with mutants that change nothing anybody could notice, relative to the configuration. */
  equivalents: z.string().min(1),
});

/** What is changed in a repository, and who has to notice it. Paths are relative to its top level. */
export type DriftConfiguration = z.infer<typeof configuration>;

/** One part of the repository whose sources are changed. */
export type SourceArea = DriftConfiguration['areas'][string];

/** The area of changes of the contract itself. */
export const CONTRACT_AREA = 'contract';

/**
 * Reads a configuration.
 *
 * @param file relative to the top level
 * @param top the top level, with a slash at the end
 * @throws {Error} that names the file and everything that is wrong in it
 */
export function readConfiguration(file: string, top: string): DriftConfiguration {
  const result = configuration.safeParse(parse(readFileSync(join(top, file), 'utf8')));
  if (!result.success) throw new Error(`${file} is not a configuration:\n${z.prettifyError(result.error)}`);
  return withFolder(result.data, dirname(file));
}

/** What is relative to the configuration becomes relative to the top level. */
function withFolder({ areas, equivalents, ...rest }: DriftConfiguration, folder: string): DriftConfiguration {
  const placed = Object.entries(areas).map(([name, { replacements, ...own }]) => {
    return [name, { ...own, replacements: replacements.map((each) => join(folder, each)) }] as const;
  });
  return { ...rest, areas: Object.fromEntries(placed), equivalents: join(folder, equivalents) };
}
