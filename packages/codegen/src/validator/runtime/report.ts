import type { Violation } from '@contract-first/core';
import { Memory } from './memory.ts';

type Collect = (value: unknown, at: string, report: Report) => void;

/** More violations than this are not looked for: no client reads them, and a document may have one in every few bytes. */
const MAX_VIOLATIONS = 1000;

/** The violations of one value. */
export class Report {
  readonly violations: Violation[] = [];
  readonly memory: Memory;
  readonly #collected = new Map<Collect, Set<object>>();

  constructor(memory = new Memory()) {
    this.memory = memory;
  }

  get isFull(): boolean {
    return this.violations.length >= MAX_VIOLATIONS;
  }

  /** @param pointer JSON Pointer (RFC 6901) within the validated value */
  add(pointer: string, keyword: string, params: Violation['params'], message: string): void {
    if (!this.isFull) this.violations.push({ pointer, keyword, params, message });
  }

  /** Collects from an object that several branches lead to only the first time. */
  once(collect: Collect, value: unknown, at: string): void {
    if (typeof value === 'object' && value !== null) {
      let values = this.#collected.get(collect);
      if (values === undefined) {
        values = new Set();
        this.#collected.set(collect, values);
      }
      if (values.has(value)) return;
      values.add(value);
    }
    collect(value, at, this);
  }
}

/** A JSON Pointer's token for a member name (RFC 6901 §3). */
export function token(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
