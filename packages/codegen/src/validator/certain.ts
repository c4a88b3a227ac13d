import { conjuncts, listOf, mapOf, type SchemaNode, type SchemaSet } from './schema-set.ts';
import type { Scope } from './scope.ts';

/** What a schema looks at for certain, when it takes a value. */
export interface Certain {
  readonly names: readonly string[];
  readonly patterns: readonly string[];
  readonly allNames: boolean;
  readonly itemsBefore: number;
  readonly allItems: boolean;
}

/** Keywords because of which it depends on the value what a schema looks at. */
const dependent = ['anyOf', 'oneOf', 'if', 'then', 'else', 'dependentSchemas', 'contains'];

/** null if it depends on the value what the schema looks at */
export function certain(set: SchemaSet, node: SchemaNode): Certain | null {
  if (dependent.some((keyword) => Object.hasOwn(node.keywords, keyword))) return null;
  let found = ownPart(set, node);
  for (const target of conjuncts(set, node)) {
    if (typeof target === 'boolean') continue;
    const part = certain(set, target);
    if (part === null) return null;
    const isWhole = ['unevaluatedProperties', 'unevaluatedItems'].map((keyword) =>
      Object.hasOwn(target.keywords, keyword),
    );
    found = {
      names: [...new Set([...found.names, ...part.names])],
      patterns: [...new Set([...found.patterns, ...part.patterns])],
      allNames: found.allNames || part.allNames || isWhole[0] === true,
      itemsBefore: Math.max(found.itemsBefore, part.itemsBefore),
      allItems: found.allItems || part.allItems || isWhole[1] === true,
    };
  }
  return found;
}

/** What the keywords of the schema itself look at. */
export function ownPart(set: SchemaSet, node: SchemaNode): Certain {
  return {
    names: mapOf(set, node, 'properties').map(([name]) => name),
    patterns: mapOf(set, node, 'patternProperties').map(([source]) => source),
    allNames: Object.hasOwn(node.keywords, 'additionalProperties'),
    itemsBefore: listOf(set, node, 'prefixItems').length,
    allItems: Object.hasOwn(node.keywords, 'items'),
  };
}

/** Expressions that are true for a name that is evaluated for certain. */
export function certainTests(scope: Scope, { names, patterns }: Certain): readonly string[] {
  const isName = names.length === 0 ? [] : [`${scope.nameSet(names)}.has(name)`];
  return [...isName, ...patterns.map((source) => `${scope.pattern(source)}.test(name)`)];
}
