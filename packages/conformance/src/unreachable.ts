import { readFile } from 'node:fs/promises';
import { isObject } from './document.ts';

/** Cells that no test can cover, with the reason. */
export interface Unreachable {
  /** A cell id, in which `*` stands for any text. */
  readonly cells: string;
  readonly reason: string;
}

/**
 * Reads a JSON file `{ "unreachable": [{ "cells": "GetUser * 503 *", "reason": "…" }] }`.
 *
 * @throws {Error} that names the file and the entry, if the file has another form or a reason is missing
 */
export async function readUnreachable(file: string): Promise<readonly Unreachable[]> {
  const value: unknown = JSON.parse(await readFile(file, 'utf8'));
  const list = isObject(value) ? value['unreachable'] : undefined;
  if (!Array.isArray(list)) throw new Error(`${file}: there is no list "unreachable"; write {"unreachable": []}`);
  return list.map((entry: unknown, index) => {
    const { cells, reason }: { cells?: unknown; reason?: unknown } = isObject(entry) ? entry : {};
    if (typeof cells !== 'string' || cells === '' || typeof reason !== 'string' || reason.trim() === '')
      throw new Error(`${file}: entry ${index + 1} needs "cells", an id or a pattern, and "reason"`);
    return { cells, reason };
  });
}

/** The cells that an entry lists. */
export function listed({ cells }: Unreachable, ids: readonly string[]): readonly string[] {
  const pattern = new RegExp(`^${cells.split('*').map(RegExp.escape).join('.*')}$`, 'u');
  return ids.filter((id) => pattern.test(id) || id === cells);
}
