import type { Validator, Violation } from '@contract-first/core';
import { Memory } from './memory.ts';
import { Report } from './report.ts';

type Collect = (value: unknown, at: string, report: Report) => void;

const none: readonly Violation[] = Object.freeze([]);

/** A validator that looks for violations only when there are some. */
export function validator(isValid: (value: unknown) => boolean, collect: Collect): Validator {
  return (value) => {
    if (isValid(value)) return none;
    const report = new Report();
    collect(value, '', report);
    return report.violations;
  };
}

/** The same for a schema whose branches lead to the same object again. */
export function rememberingValidator(
  isValid: (value: unknown, memory: Memory) => boolean,
  collect: Collect,
): Validator {
  return (value) => {
    const memory = new Memory();
    if (isValid(value, memory)) return none;
    const report = new Report(memory);
    collect(value, '', report);
    return report.violations;
  };
}
