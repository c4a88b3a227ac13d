import { literal } from './code.ts';
import { assertion, join, noRules, type Rules, type Scope } from './scope.ts';
import { formatRules } from './string.ts';

const comparisons = { maximum: '<=', minimum: '>=', exclusiveMaximum: '<', exclusiveMinimum: '>' } as const;

/** The limits, multipleOf and the formats of numbers (JSON Schema Validation §6.2). */
export function numberRules({ node: { keywords } }: Scope): Rules {
  const { multipleOf, format } = keywords;
  const limits = Object.entries(comparisons).map(([keyword, comparison]) => {
    const limit = keywords[keyword];
    if (limit === undefined) return noRules;
    const message = `must be ${comparison} ${String(limit)}`;
    return assertion(`value ${comparison} ${literal(limit)}`, keyword, { comparison, limit }, message);
  });
  return join(
    ...limits,
    multipleOf === undefined
      ? noRules
      : assertion(
          `isMultipleOf(value, ${literal(multipleOf)})`,
          'multipleOf',
          { multipleOf },
          `must be multiple of ${String(multipleOf)}`,
        ),
    formatRules(format, 'number'),
  );
}
