import { isObject } from '../document/reader.ts';
import { literal } from './code.ts';
import { mapOf, schemaOf, strings, type Target } from './schema-set.ts';
import { assertion, join, memberPointer, noRules, type Rules, type Scope } from './scope.ts';

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

/** What is said about members, in two forms: one look at each named member, or a loop over all that there are. */
function memberRules(scope: Scope): Rules {
  const members = new Members(scope);
  return members.needsLoop ? members.loop() : members.lookups();
}

class Members {
  readonly #scope: Scope;
  readonly #properties: readonly (readonly [string, Target])[];
  readonly #patterns: readonly (readonly [string, Target])[];
  readonly #rest: Target;
  readonly #names: Target;
  readonly #required: readonly string[];

  constructor(scope: Scope) {
    const { set, node } = scope;
    this.#scope = scope;
    this.#properties = mapOf(set, node, 'properties');
    this.#patterns = mapOf(set, node, 'patternProperties').map(([source, target]) => [scope.pattern(source), target]);
    this.#rest = schemaOf(set, node, 'additionalProperties') ?? true;
    this.#names = schemaOf(set, node, 'propertyNames') ?? true;
    this.#required = strings(node.keywords['required']);
  }

  get needsLoop(): boolean {
    return this.#rest !== true || this.#names !== true || this.#patterns.some(([, target]) => target !== true);
  }

  lookups(): Rules {
    const rules = this.#properties.map(([name, target]): Rules => {
      const member = `own(value, ${literal(name)})`;
      const isRequired = this.#required.includes(name);
      if (target === true) return isRequired ? has(name) : noRules;
      const lookup = `const member = ${member};`;
      const isWrong = isRequired
        ? `member === undefined || !${this.#scope.is(target, 'member')}`
        : `member !== undefined && !${this.#scope.is(target, 'member')}`;
      const collect = this.#scope.collect(target, 'member', memberPointer(name)).join('');
      return {
        conditions: [],
        statements: [`{ ${lookup} if (${isWrong}) return false; }`],
        collect: [`{ ${lookup} if (member !== undefined) { ${collect} } }`],
      };
    });
    const unnamed = this.#required.filter((name) => !this.#properties.some(([property]) => property === name));
    return { ...join(...unnamed.map(has), ...rules), collect: [...this.#missing(), ...join(...rules).collect] };
  }

  loop(): Rules {
    const named = this.#required.filter((name) => this.#properties.some(([property]) => property === name));
    const unnamed = this.#required.filter((name) => !named.includes(name));
    const start = named.length === 0 ? [] : ['let required = 0;'];
    const end = named.length === 0 ? [] : [`if (required !== ${named.length}) return false;`];
    return {
      conditions: unnamed.flatMap((name) => has(name).conditions),
      statements: [
        ...start,
        `for (const name in value) {
          const member = own(value, name);
          if (member === undefined) continue;
          ${this.#is(named).join('\n')}
        }`,
        ...end,
      ],
      collect: [
        ...this.#missing(),
        `for (const name in value) {
          const member = own(value, name);
          if (member === undefined) continue;
          if (report.isFull) return;
          ${this.#collect().join('\n')}
        }`,
      ],
    };
  }

  #missing(): readonly string[] {
    return this.#required.length === 0 ? [] : [`collectMissing(value, ${literal(this.#required)}, at, report);`];
  }

  #is(required: readonly string[]): readonly string[] {
    const refuse = (target: Target, value: string): string =>
      target === false
        ? 'return false;'
        : target === true
          ? ''
          : `if (!${this.#scope.is(target, value)}) return false;`;
    const count = (name: string): string => (required.includes(name) ? 'required += 1;' : '');
    return [
      refuse(this.#names, 'name'),
      ...this.#chosen(
        ([name, target]) => `${count(name)} ${refuse(target, 'member')}`,
        (target) => refuse(target, 'member'),
      ),
    ];
  }

  #collect(): readonly string[] {
    const at = 'at + "/" + token(name)';
    const nameViolation = `report.add(at, "propertyNames", { propertyName: name }, "property name must be valid");`;
    const names =
      this.#names === true
        ? []
        : [
            `if (!${this.#scope.is(this.#names, 'name')}) {`,
            ...this.#scope.collect(this.#names, 'name'),
            nameViolation,
            '}',
          ];
    const additional = `report.add(at, "additionalProperties", { additionalProperty: name }, "must NOT have additional properties");`;
    return [
      ...names,
      ...this.#chosen(
        ([name, target]) => this.#scope.collect(target, 'member', memberPointer(name)).join(''),
        (target, isRest) =>
          isRest && target === false ? additional : this.#scope.collect(target, 'member', at).join(''),
      ),
    ];
  }

  /** Chooses what to do with a member by its name. */
  #chosen(
    property: (entry: readonly [string, Target]) => string,
    other: (target: Target, isRest: boolean) => string,
  ): readonly string[] {
    const cases = this.#properties.map((entry) => `case ${literal(entry[0])}: ${property(entry)} break;`);
    const rest = this.#rest === true ? '' : other(this.#rest, true);
    if (this.#patterns.length === 0)
      return cases.length === 0 ? [rest] : [`switch (name) { ${cases.join('\n')} default: ${rest} }`];
    const isKnown = rest === '' ? '' : 'isKnown = true; ';
    return [
      rest === '' ? '' : `let isKnown = ${cases.length > 0};`,
      cases.length === 0
        ? ''
        : `switch (name) { ${cases.join('\n')} default: ${rest === '' ? '' : 'isKnown = false;'} }`,
      ...this.#patterns.map(([pattern, target]) => `if (${pattern}.test(name)) { ${isKnown}${other(target, false)} }`),
      rest === '' ? '' : `if (!isKnown) { ${rest} }`,
    ];
  }
}

function has(name: string): Rules {
  return { conditions: [`has(value, ${literal(name)})`], statements: [], collect: [] };
}
