import { certainTests, ownPart } from './certain.ts';
import { literal, when } from './code.ts';
import { conjuncts, listOf, mapOf, schemaOf } from './schema-set.ts';
import type { Scope } from './scope.ts';

/** Statements that note in `evaluated` what the schema looks at; the value is one that the schema takes. */
export function evaluateStatements(scope: Scope): readonly string[] {
  return [
    ...someWhen('isObject(value)', evaluateMembers(scope)),
    ...someWhen('Array.isArray(value)', evaluateItems(scope)),
    ...evaluateInPlace(scope),
  ];
}

/** Statements that note that everything is evaluated, where a schema has the keyword for whatever is left. */
export function evaluateRest({ node }: Scope): readonly string[] {
  const rest = (keyword: string, test: string): readonly string[] =>
    Object.hasOwn(node.keywords, keyword) ? [`if (${test}) evaluated.everything = true;`] : [];
  return [...rest('unevaluatedProperties', 'isObject(value)'), ...rest('unevaluatedItems', 'Array.isArray(value)')];
}

function evaluateMembers(scope: Scope): readonly string[] {
  const { set, node } = scope;
  if (Object.hasOwn(node.keywords, 'additionalProperties')) return ['evaluated.everything = true;'];
  const tests = certainTests(scope, ownPart(set, node));
  return tests.length === 0 ? [] : [`for (const name in value) if (${tests.join(' || ')}) evaluated.names.add(name);`];
}

function evaluateItems(scope: Scope): readonly string[] {
  const { set, node } = scope;
  if (Object.hasOwn(node.keywords, 'items')) return ['evaluated.everything = true;'];
  const prefix = listOf(set, node, 'prefixItems').length;
  const contains = schemaOf(set, node, 'contains');
  return [
    ...(prefix > 0 ? [`evaluated.itemsBefore = Math.max(evaluated.itemsBefore, ${prefix});`] : []),
    ...(contains === undefined
      ? []
      : [
          `for (const [index, item] of value.entries()) if (${scope.is(contains, 'item')}) evaluated.items.add(index);`,
        ]),
  ];
}

function evaluateInPlace(scope: Scope): readonly string[] {
  const { set, node } = scope;
  const branches = [...listOf(set, node, 'anyOf'), ...listOf(set, node, 'oneOf')];
  const condition = schemaOf(set, node, 'if');
  const evaluated = (keyword: string): readonly string[] => scope.evaluate(schemaOf(set, node, keyword) ?? true);
  return [
    ...conjuncts(set, node).flatMap((target) => scope.evaluate(target)),
    ...branches.flatMap((target) => someWhen(scope.is(target), scope.evaluate(target))),
    ...(condition === undefined
      ? []
      : [
          `${when(scope.is(condition), [...scope.evaluate(condition), ...evaluated('then')])} else { ${evaluated('else').join('')} }`,
        ]),
    ...mapOf(set, node, 'dependentSchemas').flatMap(([name, target]) =>
      someWhen(`isObject(value) && has(value, ${literal(name)})`, scope.evaluate(target)),
    ),
  ];
}

function someWhen(condition: string, statements: readonly string[]): readonly string[] {
  return statements.length === 0 ? [] : [when(condition, statements)];
}
