import { readFile } from 'node:fs/promises';
import { isObject } from '../schema/document.ts';

/** A rule that names cells that no test can cover, with the reason. */
export interface Unreachable {
  /**
   * A cell id, in which `*` stands for any text and `{401,403}` for one of the alternatives; each has to match a cell.
   */
  readonly cells: string;
  /** Whether only those operations are meant that take no request body. @default false */
  readonly withoutBody?: boolean;
  readonly reason: string;
}

/**
 * Reads a JSON file `{ "unreachable": [{ "cells": "* response {500,503} *", "reason": "…" }] }`.
 *
 * @throws {Error} that names the file and the entry, if the file has another form or a reason is missing
 */
export async function readUnreachable(file: string): Promise<readonly Unreachable[]> {
  const value: unknown = JSON.parse(await readFile(file, 'utf8'));
  const list = isObject(value) ? value['unreachable'] : undefined;
  if (!Array.isArray(list)) throw new Error(`${file}: there is no list "unreachable"; write {"unreachable": []}`);
  return list.map((entry: unknown, index) => {
    const { cells, reason, withoutBody = false }: Entry = isObject(entry) ? entry : {};
    if (typeof cells !== 'string' || cells === '' || typeof reason !== 'string' || reason.trim() === '')
      throw new Error(`${file}: entry ${index + 1} needs "cells", an id or a pattern, and "reason"`);
    if (typeof withoutBody !== 'boolean')
      throw new Error(`${file}: entry ${index + 1}: "withoutBody" is true or false`);
    return { cells, reason, withoutBody };
  });
}

interface Entry {
  readonly cells?: unknown;
  readonly reason?: unknown;
  readonly withoutBody?: unknown;
}

/** The cells that a rule names. */
export function listed(rule: Unreachable, ids: readonly string[]): readonly string[] {
  return [...new Set(matchesOf(rule, ids).flatMap(({ found }) => found))];
}

/** What each alternative of a rule matches; without alternatives the rule is its only one. */
export function matchesOf(
  { cells, withoutBody = false }: Unreachable,
  ids: readonly string[],
): readonly { readonly pattern: string; readonly found: readonly string[] }[] {
  const withBody = new Set(withoutBody ? ids.filter(sendsBody).map(operationIdOf) : []);
  const candidates = ids.filter((id) => !withBody.has(operationIdOf(id)));
  return (ids.includes(cells) ? [cells] : alternatives(cells)).map((pattern) => {
    const expression = new RegExp(`^${pattern.split('*').map(RegExp.escape).join('.*')}$`, 'u');
    return { pattern, found: candidates.filter((id) => id === pattern || expression.test(id)) };
  });
}

/** `a{b,c}` means `ab` and `ac`. Braces without a comma are text, as in a path template. */
function alternatives(pattern: string): readonly string[] {
  const [braces, list = ''] = /\{([^{}]*,[^{}]*)\}/.exec(pattern) ?? [];
  if (braces === undefined) return [pattern];
  return list.split(',').flatMap((part) => alternatives(pattern.replace(braces, () => part)));
}

function operationIdOf(id: string): string {
  return id.slice(0, id.indexOf(' '));
}

/** Whether a cell is an exchange whose request has a body. */
function sendsBody(id: string): boolean {
  return /^\S+ exchange (?!- )/.test(id);
}
