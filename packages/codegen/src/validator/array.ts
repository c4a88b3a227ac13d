import { literal } from './code.ts';
import { listOf, schemaOf, type Target } from './schema-set.ts';
import { add, assertion, join, noRules, type Rules, type Scope } from './scope.ts';
import { typesOf } from './union.ts';

/** The keywords of arrays but unevaluatedItems (JSON Schema Core §10.3.1, Validation §6.4). */
export function arrayRules(scope: Scope): Rules {
  const { maxItems, minItems } = scope.node.keywords;
  return join(
    maxItems === undefined
      ? noRules
      : assertion(
          `value.length <= ${literal(maxItems)}`,
          'maxItems',
          { limit: maxItems },
          `must NOT have more than ${String(maxItems)} items`,
        ),
    minItems === undefined
      ? noRules
      : assertion(
          `value.length >= ${literal(minItems)}`,
          'minItems',
          { limit: minItems },
          `must NOT have fewer than ${String(minItems)} items`,
        ),
    prefixRules(scope),
    restRules(scope),
    containsRules(scope),
    uniqueRules(scope),
  );
}

function prefixRules(scope: Scope): Rules {
  const items = listOf(scope.set, scope.node, 'prefixItems').map((target, index): Rules => {
    if (target === true) return noRules;
    return {
      conditions: [`(value.length <= ${index} || ${scope.is(target, `value[${index}]`)})`],
      statements: [],
      collect: [
        `if (value.length > ${index}) { ${scope.collect(target, `value[${index}]`, `\`\${at}/${index}\``).join('')} }`,
      ],
    };
  });
  return join(...items);
}

function restRules(scope: Scope): Rules {
  const rest = schemaOf(scope.set, scope.node, 'items');
  const from = listOf(scope.set, scope.node, 'prefixItems').length;
  if (rest === undefined || rest === true) return noRules;
  if (rest === false && from > 0)
    return assertion(`value.length <= ${from}`, 'items', { limit: from }, `must NOT have more than ${from} items`);
  const loop = `for (let index = ${from}; index < value.length; index += 1)`;
  return {
    conditions: [],
    statements: [`${loop} if (!${scope.is(rest, 'value[index]')}) return false;`],
    collect: [
      `${loop} {
        if (report.isFull) return;
        ${scope.collect(rest, 'value[index]', 'at + "/" + index').join('\n')}
      }`,
    ],
  };
}

function containsRules(scope: Scope): Rules {
  const contains = schemaOf(scope.set, scope.node, 'contains');
  if (contains === undefined) return noRules;
  const { minContains: min = 1, maxContains: max } = scope.node.keywords;
  if (min === 0 && max === undefined) return noRules;
  const count = [
    'let count = 0;',
    'for (const item of value) {',
    `if (!${scope.is(contains, 'item')}) continue;`,
    'count += 1;',
    max === undefined ? `if (count === ${literal(min)}) break;` : `if (count > ${literal(max)}) break;`,
    '}',
  ].join('\n');
  const isWrong = [`count < ${literal(min)}`, ...(max === undefined ? [] : [`count > ${literal(max)}`])].join(' || ');
  const most = max === undefined ? '' : ` and no more than ${String(max)}`;
  const message = `must contain at least ${String(min)}${most} valid item(s)`;
  const params = max === undefined ? { minContains: min } : { minContains: min, maxContains: max };
  return {
    conditions: [],
    statements: [`{ ${count}\nif (${isWrong}) return false; }`],
    collect: [`{ ${count}\nif (${isWrong}) ${add('contains', params, message)} }`],
  };
}

function uniqueRules(scope: Scope): Rules {
  if (scope.node.keywords['uniqueItems'] !== true) return noRules;
  const identities = needsIdentities(scope) ? `, ${scope.memory}.identities` : '';
  const message = '"must NOT have duplicate items (items ## " + found.j + " and " + found.i + " are identical)"';
  return {
    conditions: [],
    statements: [`if (duplicate(value${identities}) !== null) return false;`],
    collect: [
      `{ const found = duplicate(value${identities}); if (found !== null) report.add(at, "uniqueItems", found, ${message}); }`,
    ],
  };
}

/** Whether items may be arrays or objects, which another array around this one may have numbered already. */
export function needsIdentities({ set, node }: Pick<Scope, 'set' | 'node'>): boolean {
  if (node.keywords['uniqueItems'] !== true) return false;
  const rest: Target = schemaOf(set, node, 'items') ?? true;
  const items = [rest, ...listOf(set, node, 'prefixItems')];
  return items.some((item) => typesOf(set, item).some((type) => type === 'array' || type === 'object'));
}
