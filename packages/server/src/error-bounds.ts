import { type Operation, type Problem, type ProblemSource, problem, responseFor } from '@contract-first/core';
import type { ErrorFormat } from './error-format.ts';
import { quotableSource } from './quotation.ts';

/** How much an error reply may hold. */
export interface ErrorBounds {
  readonly problems: number;
  /** The length of a source of each kind, in UTF-16 code units. */
  readonly source: Readonly<Record<SourceKind, number>>;
}

type SourceKind = 'pointer' | 'parameter' | 'header';

/** The most problems that are reported, whatever the contract allows. */
const MAX_PROBLEMS = 1000;

/** The longest source that is reported, whatever the contract allows, in UTF-16 code units. */
const MAX_SOURCE = 65_536;

/** The length of all sources together. One long name may be in the pointers of many problems. */
const MAX_SOURCES = 4 * MAX_SOURCE;

/**
 * The bounds of an operation's reply to an invalid request: those of the server, or those of the contract where they are
 * lower. The contract has them in a compiled schema, so that they are read from its violations: of an error reply that
 * holds as much as the server would send.
 *
 * @param status the one of invalid requests
 */
export function errorBoundsOf(operation: Operation, status: number, errorFormat: ErrorFormat): ErrorBounds {
  const response = responseFor(operation, status);

  function limit(keyword: 'maxItems' | 'maxLength', most: number, problems: readonly [Problem, ...Problem[]]): number {
    const { mediaType, body } = errorFormat({ operation, requestId: '', problems });
    const violations = response?.content[mediaType]?.validate(body) ?? [];
    const limits = violations.filter((violation) => violation.keyword === keyword).map(({ params }) => params['limit']);
    return Math.min(most, ...limits.filter((value) => typeof value === 'number'));
  }

  const any = { ...problem('invalidValue'), status };
  const long = '/'.padEnd(MAX_SOURCE, 'x');
  const longest = (source: ProblemSource): number => limit('maxLength', MAX_SOURCE, [{ ...any, source }]);
  return {
    problems: limit('maxItems', MAX_PROBLEMS, [any, ...Array.from({ length: MAX_PROBLEMS - 1 }, () => any)]),
    source: {
      pointer: longest({ pointer: long }),
      parameter: longest({ parameter: long }),
      header: longest({ header: long }),
    },
  };
}

/**
 * The first problems, as many as keep the answer in proportion to the request: without a bound, a small document with a
 * long name and thousands of faults below it would be answered with hundreds of megabytes. A source that is too long by
 * itself is left out.
 */
export function withinBounds(
  problems: readonly [Problem, ...Problem[]],
  bounds: ErrorBounds,
): readonly [Problem, ...Problem[]] {
  const [first, ...rest] = problems;
  const kept: [Problem, ...Problem[]] = [withBoundedSource(first, bounds)];
  let length = lengthOf(kept[0].source);
  for (const next of rest.slice(0, bounds.problems - 1)) {
    const bounded = withBoundedSource(next, bounds);
    length += lengthOf(bounded.source);
    if (length > MAX_SOURCES) break;
    kept.push(bounded);
  }
  return kept;
}

function withBoundedSource({ source, ...rest }: Problem, { source: most }: ErrorBounds): Problem {
  const quotable = source && quotableSource(source);
  return quotable === undefined || lengthOf(quotable) > most[kindOf(quotable)] ? rest : { ...rest, source: quotable };
}

function kindOf(source: ProblemSource): SourceKind {
  if ('pointer' in source) return 'pointer';
  return 'parameter' in source ? 'parameter' : 'header';
}

function lengthOf(source: ProblemSource | undefined): number {
  return Object.values(source ?? {}).reduce((sum, text) => sum + text.length, 0);
}
