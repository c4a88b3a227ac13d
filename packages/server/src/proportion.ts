import type { Problem, ProblemSource } from '@contract-first/core';
import { quotableSource } from './quotation.ts';

/** As many problems as an error document of the contract may hold. */
const MAX_PROBLEMS = 1000;

/** The longest source that an error document of the contract may hold, in UTF-16 code units. */
const MAX_SOURCE = 65_536;

/** The length of all sources together. One long name may be in the pointers of many problems. */
const MAX_SOURCES = 4 * MAX_SOURCE;

/**
 * The first problems, as many as keep the answer in proportion to the request: without a bound, a small document with a
 * long name and thousands of faults below it would be answered with hundreds of megabytes. A source that is too long by
 * itself is left out.
 */
export function inProportion(problems: readonly [Problem, ...Problem[]]): readonly [Problem, ...Problem[]] {
  const [first, ...rest] = problems;
  const told: [Problem, ...Problem[]] = [withTellableSource(first)];
  let length = lengthOf(told[0].source);
  for (const problem of rest.slice(0, MAX_PROBLEMS - 1).map(withTellableSource)) {
    length += lengthOf(problem.source);
    if (length > MAX_SOURCES) break;
    told.push(problem);
  }
  return told;
}

function withTellableSource({ source, ...problem }: Problem): Problem {
  const told = source && quotableSource(source);
  return told === undefined || lengthOf(told) > MAX_SOURCE ? problem : { ...problem, source: told };
}

function lengthOf(source: ProblemSource | undefined): number {
  return Object.values(source ?? {}).reduce((sum, text) => sum + text.length, 0);
}
