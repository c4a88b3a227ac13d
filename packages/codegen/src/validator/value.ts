import { any, literal } from './code.ts';
import { assertion, join, noRules, type Rules, type Scope } from './scope.ts';

/** More constants than this are looked up in a Set. */
const MAX_COMPARISONS = 8;

/** const and enum (JSON Schema Validation §6.1). */
export function valueRules(scope: Scope): Rules {
  const { keywords } = scope.node;
  const values = keywords['enum'];
  return join(
    Object.hasOwn(keywords, 'const')
      ? assertion(
          isOneOf(scope, [keywords['const']]),
          'const',
          { allowedValue: keywords['const'] },
          'must be equal to constant',
        )
      : noRules,
    Array.isArray(values)
      ? assertion(
          isOneOf(scope, values),
          'enum',
          { allowedValues: values },
          'must be equal to one of the allowed values',
        )
      : noRules,
  );
}

function isOneOf(scope: Scope, values: readonly unknown[]): string {
  const scalars = values.filter((value) => typeof value !== 'object' || value === null);
  const composites = values.filter((value) => !scalars.includes(value));
  const isScalar =
    scalars.length > MAX_COMPARISONS
      ? [`${scope.constant('values', `/* @__PURE__ */ new Set(${literal(scalars)})`)}.has(value)`]
      : scalars.map((value) => `value === ${literal(value)}`);
  const isComposite = composites.map((value) => `equal(value, ${scope.constant('value', literal(value))})`);
  const found = [...isScalar, ...isComposite];
  return found.length === 1 ? String(found[0]) : `(${any(found)})`;
}
