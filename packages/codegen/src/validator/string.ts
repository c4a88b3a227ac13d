import { literal } from './code.ts';
import { formatCall } from './format.ts';
import { assertion, join, noRules, type Rules, type Scope } from './scope.ts';

/** maxLength, minLength, pattern and the formats of strings (JSON Schema Validation §6.3, §7). */
export function stringRules(scope: Scope): Rules {
  const { maxLength, minLength, pattern, format } = scope.node.keywords;
  return join(
    maxLength === undefined
      ? noRules
      : assertion(
          `hasAtMost(value, ${literal(maxLength)})`,
          'maxLength',
          { limit: maxLength },
          `must NOT have more than ${String(maxLength)} characters`,
        ),
    minLength === undefined
      ? noRules
      : assertion(
          `hasAtLeast(value, ${literal(minLength)})`,
          'minLength',
          { limit: minLength },
          `must NOT have fewer than ${String(minLength)} characters`,
        ),
    typeof pattern !== 'string'
      ? noRules
      : assertion(`${scope.pattern(pattern)}.test(value)`, 'pattern', { pattern }, `must match pattern "${pattern}"`),
    formatRules(format, 'string'),
  );
}

/** @param type of the values that the format is about */
export function formatRules(format: unknown, type: 'string' | 'number'): Rules {
  const call = typeof format === 'string' ? formatCall(format, type) : null;
  return call === null ? noRules : assertion(call, 'format', { format }, `must match format "${String(format)}"`);
}
