import { type Certain, certain, certainTests } from './certain.ts';
import { evaluateStatements } from './evaluation.ts';
import { type SchemaNode, type SchemaSet, schemaOf } from './schema-set.ts';
import { noRules, type Rules, type Scope } from './scope.ts';

/** Whether it has to be found out by functions what a schema with unevaluated… has looked at. */
export function needsEvaluation(set: SchemaSet, node: SchemaNode): boolean {
  const keywords = ['unevaluatedProperties', 'unevaluatedItems'];
  const isRestricted = keywords.some((keyword) => (schemaOf(set, node, keyword) ?? true) !== true);
  return isRestricted && certain(set, node) === null;
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
