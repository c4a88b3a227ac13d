import { literal, templateText } from './code.ts';
import { token } from './runtime/report.ts';
import type { SchemaNode, SchemaSet, Target } from './schema-set.ts';

/** How the functions of a module call each other, and the constants that they share. */
export interface Linker {
  readonly set: SchemaSet;
  /** Whether a function takes the memory of the validation. */
  needsMemory(task: 'is' | 'evaluate', node: SchemaNode): boolean;
  /** The name of a constant at the top of the module. */
  constant(kind: string, initializer: string): string;
}

/** What the keywords of one schema write their code with. The function's parameter is `value`. */
export class Scope {
  readonly set: SchemaSet;
  readonly node: SchemaNode;
  /** The expression of the memory in this function. */
  readonly memory: string;
  readonly #linker: Linker;

  constructor(linker: Linker, node: SchemaNode, memory: string) {
    this.set = linker.set;
    this.node = node;
    this.memory = memory;
    this.#linker = linker;
  }

  /** An expression that is true if the schema takes the value. */
  is(target: Target, value = 'value'): string {
    if (typeof target === 'boolean') return String(target);
    return `is_${target.name}(${value}${this.#linker.needsMemory('is', target) ? `, ${this.memory}` : ''})`;
  }

  /** Statements that gather the violations of a value that may be refused. */
  collect(target: Target, value = 'value', at = 'at'): readonly string[] {
    if (target === true) return [];
    if (target === false) return [`report.add(${at}, "false schema", {}, "boolean schema is false");`];
    return [`collect_${target.name}(${value}, ${at}, report);`];
  }

  /** Statements that note what a schema, which takes the value, has looked at. */
  evaluate(target: Target): readonly string[] {
    if (typeof target === 'boolean') return [];
    const memory = this.#linker.needsMemory('evaluate', target) ? `, ${this.memory}` : '';
    return [`evaluate_${target.name}(value, evaluated${memory});`];
  }

  constant(kind: string, initializer: string): string {
    return this.#linker.constant(kind, initializer);
  }

  /** The name of a Set of names. */
  nameSet(names: readonly string[]): string {
    return this.constant('names', `/* @__PURE__ */ new Set(${literal(names)})`);
  }

  /** The name of a regular expression; the `u` flag makes it one of code points (JSON Schema Core §6.4). */
  pattern(source: string): string {
    return this.constant('pattern', String(new RegExp(source, 'u')));
  }
}

/** The code of one group of keywords. */
export interface Rules {
  /** Expressions that are true for a valid value; cheap, so that they come first. */
  readonly conditions: readonly string[];
  /** Statements that return false for an invalid value. */
  readonly statements: readonly string[];
  /** Statements that report violations. */
  readonly collect: readonly string[];
}

export const noRules: Rules = { conditions: [], statements: [], collect: [] };

export function join(...rules: readonly Rules[]): Rules {
  return {
    conditions: rules.flatMap(({ conditions }) => conditions),
    statements: rules.flatMap(({ statements }) => statements),
    collect: rules.flatMap(({ collect }) => collect),
  };
}

/** A keyword that one expression decides. */
export function assertion(condition: string, keyword: string, params: unknown, message: string): Rules {
  const report = `if (!(${condition})) ${add(keyword, params, message)}`;
  return { conditions: [condition], statements: [], collect: [report] };
}

/** A statement that reports a violation of the value itself. */
export function add(keyword: string, params: unknown, message: string): string {
  return `report.add(at, ${literal(keyword)}, ${literal(params)}, ${literal(message)});`;
}

/** The pointer of a member whose name is known. */
export function memberPointer(name: string): string {
  return `\`\${at}/${templateText(token(name))}\``;
}
