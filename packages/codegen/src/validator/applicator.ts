import { any, literal, not, when } from './code.ts';
import { conjuncts, listOf, schemaOf, type Target } from './schema-set.ts';
import { add, join, noRules, type Rules, type Scope } from './scope.ts';
import { typeTest } from './type.ts';
import { type Alternative, type Discriminated, discriminated } from './union.ts';

/** The keywords that apply schemas to the same value (JSON Schema Core §8.2.3.1, §10.2). */
export function applicatorRules(scope: Scope): Rules {
  return join(
    ...conjuncts(scope.set, scope.node).map((target) => conjunct(scope, target)),
    notRules(scope),
    unionRules(scope, 'anyOf'),
    unionRules(scope, 'oneOf'),
    conditionRules(scope),
  );
}

function conjunct(scope: Scope, target: Target): Rules {
  if (target === true) return noRules;
  return {
    conditions: [],
    statements: [`if (!${scope.is(target)}) return false;`],
    collect: scope.collect(target),
  };
}

function decision(condition: string, collect: readonly string[]): Rules {
  return { conditions: [], statements: [`if (${not(condition)}) return false;`], collect };
}

function notRules(scope: Scope): Rules {
  const target = schemaOf(scope.set, scope.node, 'not');
  if (target === undefined) return noRules;
  const condition = `!${scope.is(target)}`;
  return decision(condition, [when(not(condition), [add('not', {}, 'must NOT be valid')])]);
}

function conditionRules(scope: Scope): Rules {
  const condition = schemaOf(scope.set, scope.node, 'if');
  if (condition === undefined) return noRules;
  const [then, otherwise] = (['then', 'else'] as const).map((keyword) => {
    const target = schemaOf(scope.set, scope.node, keyword) ?? true;
    if (target === true) return { statement: '', collect: '' };
    const violation = add('if', { failingKeyword: keyword }, `must match "${keyword}" schema`);
    return {
      statement: `if (!${scope.is(target)}) return false;`,
      collect: when(`!${scope.is(target)}`, [...scope.collect(target), violation]),
    };
  });
  const choose = (one = '', other = ''): string => `if (${scope.is(condition)}) { ${one} } else { ${other} }`;
  return {
    conditions: [],
    statements: [choose(then?.statement, otherwise?.statement)],
    collect: [choose(then?.collect, otherwise?.collect)],
  };
}

const messages = {
  anyOf: 'must match a schema in anyOf',
  oneOf: 'must match exactly one schema in oneOf',
} as const;

function unionRules(scope: Scope, keyword: keyof typeof messages): Rules {
  const branches = listOf(scope.set, scope.node, keyword);
  if (branches.length === 0) return noRules;
  const choice = discriminated(scope.set, branches);
  if (choice !== null) return chosenRules(scope, keyword, choice);
  return keyword === 'anyOf' ? anyRules(scope, branches) : exactlyOneRules(scope, branches);
}

function anyRules(scope: Scope, branches: readonly Target[]): Rules {
  const condition = any(branches.map((target) => scope.is(target)));
  const collect = branches.flatMap((target) => scope.collect(target));
  return decision(condition, [when(not(condition), [...collect, add('anyOf', {}, messages.anyOf)])]);
}

function exactlyOneRules(scope: Scope, branches: readonly Target[]): Rules {
  const verdicts = branches.map((target) => scope.is(target));
  const condition = `${verdicts.map((verdict) => `Number(${verdict})`).join(' + ')} === 1`;
  const collect = branches.flatMap((target) => scope.collect(target));
  const violation = `report.add(at, "oneOf", { passingSchemas: indices.length === 0 ? null : indices }, ${literal(messages.oneOf)});`;
  return decision(condition, [
    '{',
    `const indices = passing([${verdicts.join(', ')}]);`,
    when('indices.length === 0', collect),
    `if (indices.length !== 1) ${violation}`,
    '}',
  ]);
}

/** Only the branch that the value itself chooses is tried, and only its violations are reported. */
function chosenRules(scope: Scope, keyword: keyof typeof messages, choice: Discriminated): Rules {
  const none = add(keyword, keyword === 'oneOf' ? { passingSchemas: null } : {}, messages[keyword]);
  return {
    conditions: [],
    statements: [
      chosen(choice, (target) => (target === true ? '' : `if (!${scope.is(target)}) return false;`), 'return false;'),
    ],
    collect: [chosen(choice, (target) => scope.collect(target).join(''), none)],
  };
}

function chosen(choice: Discriminated, branch: (target: Target) => string, none: string): string {
  const scalars = choice.alternatives.flatMap(({ target, types }) => {
    const others = types.filter((type) => type !== 'object');
    return others.length === 0 ? [] : [{ test: typeTest(others), code: branch(target) }];
  });
  const objects = choice.alternatives.filter(({ types }) => types.includes('object'));
  const object =
    objects.length === 0 ? [] : [{ test: 'isObject(value)', code: byTag(choice.property, objects, branch, none) }];
  const chain = [...object, ...scalars].map(({ test, code }) => `if (${test}) { ${code} }`);
  return [...chain, `{ ${none} }`].join(' else ');
}

function byTag(
  property: string | null,
  alternatives: readonly Alternative[],
  branch: (target: Target) => string,
  none: string,
): string {
  if (property === null) return alternatives.map(({ target }) => branch(target)).join('');
  const cases = alternatives.map(({ target, tags }) => {
    const labels = (tags ?? []).map((tag) => `case ${literal(tag)}:`);
    return `${labels.join(' ')} ${branch(target)} break;`;
  });
  return `switch (own(value, ${literal(property)})) { ${cases.join('\n')} default: ${none} }`;
}
