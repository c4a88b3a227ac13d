import { parse } from 'yaml';

/** Why mutants change nothing that anybody could notice, by id. */
export type Equivalents = ReadonlyMap<string, string>;

/**
 * Reads the reviewed list of equivalent mutants: items with a `reason` and the `ids` that it holds for.
 *
 * @throws {Error} that names the item, if it lacks a reason or names a mutant twice
 */
export function parseEquivalents(text: string): Equivalents {
  const items: unknown = parse(text) ?? [];
  if (!Array.isArray(items)) throw new Error('The list of equivalents must be a list of items with reason and ids.');
  const found = new Map<string, string>();
  for (const [index, item] of items.entries()) {
    if (!isItem(item)) throw new Error(`Item ${index + 1} of the equivalents needs a reason and a list of ids.`);
    for (const id of item.ids) {
      if (found.has(id)) throw new Error(`${id} is twice in the list of equivalents; remove one of them.`);
      found.set(id, item.reason.trim());
    }
  }
  return found;
}

function isItem(item: unknown): item is { readonly reason: string; readonly ids: readonly string[] } {
  if (typeof item !== 'object' || item === null || !('reason' in item) || !('ids' in item)) return false;
  const { reason, ids } = item;
  const areTexts = Array.isArray(ids) && ids.length > 0 && ids.every((id) => typeof id === 'string');
  return areTexts && typeof reason === 'string' && reason.trim() !== '';
}

/** The ids that no mutant has any more. */
export function unknownEquivalents(equivalents: Equivalents, ids: Iterable<string>): string[] {
  const known = new Set(ids);
  return [...equivalents.keys()].filter((id) => !known.has(id));
}
