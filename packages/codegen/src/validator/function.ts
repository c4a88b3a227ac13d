import { applicatorRules } from './applicator.ts';
import { arrayRules } from './array.ts';
import { all, not, when } from './code.ts';
import { evaluateRest, evaluateStatements } from './evaluation.ts';
import { numberRules } from './number.ts';
import { objectRules } from './object.ts';
import type { JsonType, SchemaNode } from './schema-set.ts';
import { join, type Linker, noRules, type Rules, Scope } from './scope.ts';
import { stringRules } from './string.ts';
import { appliesTo, groupOf, namedTypes, typeTest, typeViolation } from './type.ts';
import { unevaluatedRules } from './unevaluated.ts';

import { valueRules } from './value.ts';

type Groups = Readonly<Record<JsonType, Rules>>;

function groups(scope: Scope): Groups {
  return {
    string: stringRules(scope),
    number: numberRules(scope),
    boolean: noRules,
    null: noRules,
    array: arrayRules(scope),
    object: objectRules(scope),
  };
}

/** The body of the function that decides: no allocation, the cheap keywords first. */
export function isBody(linker: Linker, node: SchemaNode): string {
  const scope = new Scope(linker, node, 'memory');
  const byType = groups(scope);
  const general = join(valueRules(scope), applicatorRules(scope));
  const { object, array } = unevaluatedRules(scope);
  const types = namedTypes(scope);
  const last = [lastly('isObject(value)', object), lastly('Array.isArray(value)', array)].flat();
  const isExpression =
    [...Object.values(byType), general].every(({ statements }) => statements.length === 0) && last.length === 0;
  if (isExpression) return `return ${all([...typedExpression(types, byType), ...general.conditions])};`;
  return [
    ...typedStatements(types, byType),
    ...general.conditions.map((condition) => `if (${not(condition)}) return false;`),
    ...general.statements,
    ...last,
    'return true;',
  ].join('\n');
}

function lastly(test: string, { statements }: Rules): readonly string[] {
  return statements.length === 0 ? [] : [when(test, statements)];
}

function typedExpression(types: ReturnType<typeof namedTypes>, byType: Groups): readonly string[] {
  if (types === null) {
    return groupEntries(byType).map(([type, { conditions }]) => `(${not(appliesTo(type))} || ${all(conditions)})`);
  }
  const alternatives = types.map((type) => all([typeTest([type]), ...byType[groupOf(type)].conditions]));
  return alternatives.length === 1 ? alternatives : [`(${alternatives.join(' || ')})`];
}

function typedStatements(types: ReturnType<typeof namedTypes>, byType: Groups): readonly string[] {
  const refusals = ({ conditions, statements }: Rules): readonly string[] => [
    ...(conditions.length === 0 ? [] : [`if (${not(all(conditions))}) return false;`]),
    ...statements,
  ];
  if (types === null) return groupEntries(byType).map(([type, rules]) => when(appliesTo(type), refusals(rules)));
  const [only] = types;
  if (types.length === 1 && only !== undefined)
    return [`if (${not(typeTest([only]))}) return false;`, ...refusals(byType[groupOf(only)])];
  return [chain(types, byType, refusals, 'return false;')];
}

/** One branch for each type that has keywords, and one for values of no type that is allowed. */
function chain(
  types: NonNullable<ReturnType<typeof namedTypes>>,
  byType: Groups,
  code: (rules: Rules) => readonly string[],
  otherwise: string,
): string {
  const ruled = types.filter((type) => code(byType[groupOf(type)]).length > 0);
  const free = types.filter((type) => !ruled.includes(type));
  const branches = ruled.map((type) => when(typeTest([type]), code(byType[groupOf(type)])));
  const last = free.length === 0 ? `{ ${otherwise} }` : `if (${not(typeTest(free))}) { ${otherwise} }`;
  return [...branches, last].join(' else ');
}

function groupEntries(byType: Groups): readonly (readonly [JsonType, Rules])[] {
  // The keys of the record are the types.
  const entries = Object.entries(byType) as [JsonType, Rules][];
  return entries.filter(
    ([, { conditions, statements, collect }]) => conditions.length + statements.length + collect.length > 0,
  );
}

/** The body of the function that gathers every violation of a value that may be refused. */
export function collectBody(linker: Linker, node: SchemaNode): string {
  const scope = new Scope(linker, node, 'report.memory');
  const byType = groups(scope);
  const types = namedTypes(scope);
  const { object, array } = unevaluatedRules(scope);
  return [
    ...valueRules(scope).collect,
    ...applicatorRules(scope).collect,
    ...typedCollect(scope, types, byType),
    ...(object.collect.length > 0 ? [when('isObject(value)', object.collect)] : []),
    ...(array.collect.length > 0 ? [when('Array.isArray(value)', array.collect)] : []),
  ].join('\n');
}

function typedCollect(scope: Scope, types: ReturnType<typeof namedTypes>, byType: Groups): readonly string[] {
  const byGroup = groupEntries(byType).map(([type, rules]) => when(appliesTo(type), rules.collect));
  if (types === null) return byGroup;
  const violation = typeViolation(scope);
  // A number that is no integer may break limits, too.
  const isLimited = types.includes('integer') && byType.number.collect.length > 0;
  if (isLimited) return [`if (${not(typeTest(types))}) ${violation}`, ...byGroup];
  return [chain(types, byType, (rules) => rules.collect, violation)];
}

/** The body of the function that notes what the schema has looked at. */
export function evaluateBody(linker: Linker, node: SchemaNode): string {
  const scope = new Scope(linker, node, 'memory');
  return [...evaluateStatements(scope), ...evaluateRest(scope)].join('\n');
}
