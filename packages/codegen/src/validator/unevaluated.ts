import { literal, when } from './code.ts';
import { listOf, mapOf, type SchemaNode, type SchemaSet, schemaOf, type Target } from './schema-set.ts';
import { noRules, type Rules, type Scope } from './scope.ts';

/** What a schema looks at for certain, when it takes a value. */
interface Certain {
  readonly names: readonly string[];
  readonly patterns: readonly string[];
  readonly allNames: boolean;
  readonly itemsBefore: number;
  readonly allItems: boolean;
}

/** Keywords because of which it depends on the value what a schema looks at. */
const dependent = ['anyOf', 'oneOf', 'if', 'then', 'else', 'dependentSchemas', 'contains'];

/** Whether it has to be found out by functions what a schema with unevaluated… has looked at. */
export function needsEvaluation(set: SchemaSet, node: SchemaNode): boolean {
  return hasUnevaluated(set, node) && certain(set, node) === null;
}

function hasUnevaluated(set: SchemaSet, node: SchemaNode): boolean {
  const { unevaluatedProperties, unevaluatedItems } = {
    unevaluatedProperties: schemaOf(set, node, 'unevaluatedProperties') ?? true,
    unevaluatedItems: schemaOf(set, node, 'unevaluatedItems') ?? true,
  };
  return unevaluatedProperties !== true || unevaluatedItems !== true;
}

/** null if it depends on the value */
function certain(set: SchemaSet, node: SchemaNode): Certain | null {
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

function ownPart(set: SchemaSet, node: SchemaNode): Certain {
  return {
    names: mapOf(set, node, 'properties').map(([name]) => name),
    patterns: mapOf(set, node, 'patternProperties').map(([source]) => source),
    allNames: Object.hasOwn(node.keywords, 'additionalProperties'),
    itemsBefore: listOf(set, node, 'prefixItems').length,
    allItems: Object.hasOwn(node.keywords, 'items'),
  };
}

function conjuncts(set: SchemaSet, node: SchemaNode): readonly Target[] {
  const reference = Object.hasOwn(node.keywords, '$ref') ? [set.reference(node.keywords['$ref'])] : [];
  return [...reference, ...listOf(set, node, 'allOf')];
}

/** unevaluatedProperties and unevaluatedItems (JSON Schema Core §11). They come last. */
export function unevaluatedRules(scope: Scope): { readonly object: Rules; readonly array: Rules } {
  const known = certain(scope.set, scope.node);
  return { object: unevaluatedProperties(scope, known), array: unevaluatedItems(scope, known) };
}

function evaluation(scope: Scope): string {
  return ['const evaluated = new Evaluated();', ...evaluateStatements(scope)].join('\n');
}

function unevaluatedProperties(scope: Scope, known: Certain | null): Rules {
  const target = schemaOf(scope.set, scope.node, 'unevaluatedProperties') ?? true;
  if (target === true || known?.allNames === true) return noRules;
  const skips = known === null ? ['evaluated.hasName(name)'] : certainTests(scope, known);
  const loop = (statement: string): string => `
    for (const name in value) {
      const member = own(value, name);
      if (${['member === undefined', ...skips].join(' || ')}) continue;
      ${statement}
    }`;
  const start = known === null ? evaluation(scope) : '';
  const violation = `report.add(at, "unevaluatedProperties", { unevaluatedProperty: name }, "must NOT have unevaluated properties");`;
  const collect = target === false ? violation : scope.collect(target, 'member', 'at + "/" + token(name)').join('');
  return {
    conditions: [],
    statements: [
      `{ ${start} ${loop(target === false ? 'return false;' : `if (!${scope.is(target, 'member')}) return false;`)} }`,
    ],
    collect: [`{ ${start} ${loop(`if (report.isFull) return; ${collect}`)} }`],
  };
}

/** Expressions that are true for a name that is evaluated for certain. */
function certainTests(scope: Scope, { names, patterns }: Certain): readonly string[] {
  const isName = names.length === 0 ? [] : [`${scope.nameSet(names)}.has(name)`];
  return [...isName, ...patterns.map((source) => `${scope.pattern(source)}.test(name)`)];
}

function unevaluatedItems(scope: Scope, known: Certain | null): Rules {
  const target = schemaOf(scope.set, scope.node, 'unevaluatedItems') ?? true;
  if (target === true || known?.allItems === true) return noRules;
  const start = known === null ? evaluation(scope) : '';
  const from = known === null ? 'evaluated.itemsBefore' : String(known.itemsBefore);
  const skip = known === null ? 'if (evaluated.hasItem(index)) continue;' : '';
  const loop = (statement: string): string =>
    `for (let index = ${from}; index < value.length; index += 1) { ${skip} ${statement} }`;
  const violation = `report.add(at, "unevaluatedItems", { limit: ${from} }, \`must NOT have more than \${${from}} items\`); break;`;
  const collect =
    target === false
      ? violation
      : `if (report.isFull) return; ${scope.collect(target, 'value[index]', 'at + "/" + index').join('')}`;
  return {
    conditions: [],
    statements: [
      `{ ${start} ${loop(target === false ? 'return false;' : `if (!${scope.is(target, 'value[index]')}) return false;`)} }`,
    ],
    collect: [`{ ${start} ${loop(collect)} }`],
  };
}

/** Statements that note in `evaluated` what the schema looks at; the value is one that the schema takes. */
export function evaluateStatements(scope: Scope): readonly string[] {
  return [
    when('isObject(value)', evaluateMembers(scope)),
    when('Array.isArray(value)', evaluateItems(scope)),
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
  const names = mapOf(set, node, 'properties').map(([name]) => name);
  const tests = certainTests(scope, {
    ...ownPart(set, node),
    names,
  });
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
    ...branches.map((target) => when(scope.is(target), scope.evaluate(target))),
    ...(condition === undefined
      ? []
      : [
          `${when(scope.is(condition), [...scope.evaluate(condition), ...evaluated('then')])} else { ${evaluated('else').join('')} }`,
        ]),
    ...mapOf(set, node, 'dependentSchemas').map(([name, target]) =>
      when(`isObject(value) && has(value, ${literal(name)})`, scope.evaluate(target)),
    ),
  ];
}
