import { literal, propertyAccess, when } from './code.ts';
import { mapOf, schemaOf, strings, type Target } from './schema-set.ts';
import { join, memberPointer, noRules, type Rules, type Scope } from './scope.ts';

type Named = readonly (readonly [name: string, target: Target])[];

/** required and the keywords that have schemas for members (JSON Schema Core §10.3.2, Validation §6.5.3). */
export function memberRules(scope: Scope): Rules {
  const members = new Members(scope);
  return { ...(members.needsLoop ? members.loop() : members.lookups()), collect: members.collect() };
}

/** Members are looked up by name, unless something is said about those that are not named: then all are gone through. */
class Members {
  readonly #scope: Scope;
  readonly #properties: Named;
  readonly #patterns: Named;
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
      const isRequired = this.#required.includes(name);
      if (target === true) return isRequired ? has(name) : noRules;
      const isRefused = `!${this.#scope.is(target, 'member')}`;
      const isWrong = isRequired ? `member === undefined || ${isRefused}` : `member !== undefined && ${isRefused}`;
      const statement = `{ const member = own(value, ${literal(name)}); if (${isWrong}) return false; }`;
      return { conditions: [], statements: [statement], collect: [] };
    });
    return join(...this.#requiredOnly().map(has), ...rules);
  }

  loop(): Rules {
    const only = this.#requiredOnly();
    const counted = this.#required.filter((name) => !only.includes(name));
    const body = [
      'const member = own(value, name);',
      'if (member === undefined) continue;',
      this.#refuse(this.#names, 'name'),
      ...this.#decisions(counted),
    ];
    return {
      conditions: join(...only.map(has)).conditions,
      statements: [
        ...(counted.length === 0 ? [] : ['let required = 0;']),
        `for (const name in value) {\n${body.join('\n')}\n}`,
        ...(counted.length === 0 ? [] : [`if (required !== ${counted.length}) return false;`]),
      ],
      collect: [],
    };
  }

  collect(): readonly string[] {
    const missing = `collectMissing(value, ${literal(this.#required)}, at, report);`;
    return [
      ...(this.#required.length === 0 ? [] : [missing]),
      ...this.#collectLoop([...this.#collectName(), ...this.#collectRest()]),
      ...this.#properties.flatMap(([name, target]) => {
        const member = propertyAccess('value', name);
        const collect = this.#scope.collect(target, member, memberPointer(name));
        return collect.map((statement) => `if (has(value, ${literal(name)})) ${statement}`);
      }),
      ...this.#collectLoop(
        this.#patterns.flatMap(([pattern, target]) =>
          this.#collectMember(target).map((statement) => `if (${pattern}.test(name)) ${statement}`),
        ),
      ),
    ];
  }

  /** The names that are required and for which there is no schema. */
  #requiredOnly(): readonly string[] {
    return this.#required.filter((name) => !this.#properties.some(([property]) => property === name));
  }

  #refuse(target: Target, value: string): string {
    if (target === true) return '';
    return target === false ? 'return false;' : `if (!${this.#scope.is(target, value)}) return false;`;
  }

  /** Statements that try the schemas for one member. */
  #decisions(counted: readonly string[]): readonly string[] {
    const cases = this.#properties.map(([name, target]) => {
      const count = counted.includes(name) ? 'required += 1;' : '';
      return `case ${literal(name)}: ${count} ${this.#refuse(target, 'member')} break;`;
    });
    const rest = this.#refuse(this.#rest, 'member');
    const choose = (otherwise: string): string =>
      cases.length === 0 ? otherwise : `switch (name) { ${cases.join('\n')} default: ${otherwise} }`;
    if (this.#patterns.length === 0) return [choose(rest)];
    const patterns = this.#patterns.map(([pattern, target]) =>
      when(`${pattern}.test(name)`, [rest === '' ? '' : 'isKnown = true;', this.#refuse(target, 'member')]),
    );
    if (rest === '') return [choose(''), ...patterns];
    return ['let isKnown = true;', choose('isKnown = false;'), ...patterns, when('!isKnown', [rest])];
  }

  #collectLoop(statements: readonly string[]): readonly string[] {
    if (statements.length === 0) return [];
    const body = ['if (!has(value, name)) continue;', 'if (report.isFull) return;', ...statements];
    return [`for (const name in value) {\n${body.join('\n')}\n}`];
  }

  #collectName(): readonly string[] {
    if (this.#names === true) return [];
    const violation = 'report.add(at, "propertyNames", { propertyName: name }, "property name must be valid");';
    const isRefused = `!${this.#scope.is(this.#names, 'name')}`;
    return [when(isRefused, [...this.#scope.collect(this.#names, 'name'), violation])];
  }

  #collectRest(): readonly string[] {
    if (this.#rest === true) return [];
    const names = this.#properties.map(([name]) => name);
    const known = [
      ...(names.length === 0 ? [] : [`${this.#scope.nameSet(names)}.has(name)`]),
      ...this.#patterns.map(([pattern]) => `${pattern}.test(name)`),
    ];
    const violation = `report.add(at, "additionalProperties", { additionalProperty: name }, "must NOT have additional properties");`;
    const collect = this.#rest === false ? [violation] : this.#collectMember(this.#rest);
    return known.length === 0 ? collect : [when(`!(${known.join(' || ')})`, collect)];
  }

  #collectMember(target: Target): readonly string[] {
    return this.#scope.collect(target, 'value[name]', 'at + "/" + token(name)');
  }
}

function has(name: string): Rules {
  return { conditions: [`has(value, ${literal(name)})`], statements: [], collect: [] };
}
