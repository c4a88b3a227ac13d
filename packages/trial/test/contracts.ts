import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = new URL('../../conformance/contracts/', import.meta.url);

/** The small contracts that together use every feature: their texts by file name. */
export const contracts: readonly (readonly [name: string, text: string])[] = readdirSync(fileURLToPath(folder))
  .filter((name) => name.endsWith('.yaml'))
  .sort()
  .map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]);
