import { isObject } from '../document/reader.ts';
import { literal } from './code.ts';
import { memberRules } from './member.ts';
import { mapOf, strings } from './schema-set.ts';
import { assertion, join, noRules, type Rules, type Scope } from './scope.ts';

/** The keywords of objects but unevaluatedProperties (JSON Schema Core §10.2.2.4, §10.3.2, Validation §6.5). */
export function objectRules(scope: Scope): Rules {
  return join(
    sizeRules(scope, 'maxProperties', '<=', 'more'),
    sizeRules(scope, 'minProperties', '>=', 'fewer'),
    dependentRequiredRules(scope),
    memberRules(scope),
    dependentSchemasRules(scope),
  );
}

function sizeRules(scope: Scope, keyword: string, comparison: string, word: string): Rules {
  const limit = scope.node.keywords[keyword];
  if (limit === undefined) return noRules;
  const message = `must NOT have ${word} than ${String(limit)} properties`;
  return assertion(`countMembers(value) ${comparison} ${literal(limit)}`, keyword, { limit }, message);
}

function dependentRequiredRules({ node }: Scope): Rules {
  const dependencies = node.keywords['dependentRequired'];
  const rules = Object.entries(isObject(dependencies) ? dependencies : {}).flatMap(([property, value]) => {
    const needed = strings(value);
    const deps = needed.join(', ');
    const message = `must have ${needed.length === 1 ? 'property' : 'properties'} ${deps} when property ${property} is present`;
    return needed.map((missingProperty) =>
      assertion(
        `(!has(value, ${literal(property)}) || has(value, ${literal(missingProperty)}))`,
        'dependentRequired',
        { property, missingProperty, depsCount: needed.length, deps },
        message,
      ),
    );
  });
  return join(...rules);
}

function dependentSchemasRules(scope: Scope): Rules {
  const rules = mapOf(scope.set, scope.node, 'dependentSchemas').map(
    ([name, target]): Rules => ({
      conditions: [],
      statements: [`if (has(value, ${literal(name)}) && !${scope.is(target)}) return false;`],
      collect: [`if (has(value, ${literal(name)})) { ${scope.collect(target).join('')} }`],
    }),
  );
  return join(...rules);
}
