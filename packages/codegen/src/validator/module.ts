import type { Validator } from '@contract-first/core';
import type { RegisteredSchema } from '../schema/registry.ts';
import { needsIdentities } from './array.ts';
import { formatFunctions } from './format.ts';
import { collectBody, evaluateBody, isBody } from './function.ts';
import * as runtime from './runtime/index.ts';
import { type SchemaNode, SchemaSet, type Target } from './schema-set.ts';
import { add, type Linker } from './scope.ts';
import { type TaskFunction, Work } from './work.ts';

/** Validators as JavaScript. What they call is to be imported, or given as parameters. */
export interface ValidatorCode {
  /** Constants and functions. */
  readonly body: string;
  /** The formats in use, sorted. */
  readonly formats: readonly string[];
  /** An expression for each validator, by its name. */
  readonly validators: Readonly<Record<string, string>>;
}

/**
 * Compiles schemas into functions: for each schema one that decides, and one that gathers violations when it is called.
 *
 * @param components all schemas that references lead to
 * @param used the schemas that validators are made of
 */
export function compileSchemas(
  components: readonly RegisteredSchema[],
  used: readonly RegisteredSchema[],
): ValidatorCode {
  const set = new SchemaSet(components);
  const roots = used.map((registered) => ({ name: registered.name, target: set.root(registered) }));
  const functions = new Functions(
    set,
    roots.map(({ target }) => target).filter((target) => typeof target !== 'boolean'),
  );
  return {
    body: functions.text(),
    formats: functions.formats(),
    validators: Object.fromEntries(roots.map(({ name, target }) => [name, functions.validator(target)])),
  };
}

/** Compiles a schema in memory, to try examples at generation with the verdict that the contract will have. */
export function createValidators(
  components: readonly RegisteredSchema[],
  used: readonly RegisteredSchema[],
): Readonly<Record<string, Validator>> {
  const { body, validators } = compileSchemas(components, used);
  const environment = { ...runtime, ...formatFunctions() };
  const members = Object.entries(validators).map(([name, code]) => `${name}: ${code}`);
  const create = new Function(...Object.keys(environment), `"use strict";\n${body}\nreturn { ${members.join(', ')} };`);
  // The text returns an object with a validator for each schema.
  return create(...Object.values(environment)) as Readonly<Record<string, Validator>>;
}

/** The functions of a module. */
class Functions implements Linker {
  readonly set: SchemaSet;
  readonly #work: Work;
  readonly #withMemory = new Set<string>();
  readonly #constants = new Map<string, string>();

  constructor(set: SchemaSet, roots: readonly SchemaNode[]) {
    this.set = set;
    this.#work = new Work(set, roots);
    this.#findMemory();
  }

  needsMemory(task: 'is' | 'evaluate', node: SchemaNode): boolean {
    return this.#withMemory.has(`${task} ${node.name}`);
  }

  constant(kind: string, initializer: string): string {
    const name = this.#constants.get(initializer) ?? `${kind}_${this.#constants.size}`;
    this.#constants.set(initializer, name);
    return name;
  }

  validator(target: Target): string {
    if (typeof target === 'boolean') {
      const collect = target ? '' : add('false schema', {}, 'boolean schema is false');
      return `/* @__PURE__ */ validator(() => ${target}, (value, at, report) => { ${collect} })`;
    }
    const create = this.needsMemory('is', target) ? 'rememberingValidator' : 'validator';
    return `/* @__PURE__ */ ${create}(is_${target.name}, collect_${target.name})`;
  }

  formats(): readonly string[] {
    const names = this.#work.functions.map(({ node }) => node.keywords['format']);
    return [...new Set(names.filter((name) => typeof name === 'string'))].sort();
  }

  text(): string {
    const functions = this.#work.functions.map((one) => this.#function(one));
    const constants = [...this.#constants].map(([initializer, name]) => `const ${name} = ${initializer};`);
    return [...constants, ...functions].join('\n');
  }

  #function({ task, node }: TaskFunction): string {
    const comment = `//! ${commentText(node.pointer)}\n`;
    if (task === 'evaluate') {
      const memory = this.needsMemory(task, node) ? ', memory' : '';
      return `${comment}function evaluate_${node.name}(value, evaluated${memory}) {\n${evaluateBody(this, node)}\n}`;
    }
    const body = task === 'is' ? isBody(this, node) : collectBody(this, node);
    const memory = task === 'is' && this.needsMemory(task, node) ? ', memory' : '';
    const parameters = task === 'is' ? `value${memory}` : 'value, at, report';
    if (!this.#work.remembers(task, node))
      return `${comment}function ${task}_${node.name}(${parameters}) {\n${body}\n}`;
    const once =
      task === 'is'
        ? `return memory.verdict(isOnce_${node.name}, value);`
        : `report.once(collectOnce_${node.name}, value, at);`;
    return `${comment}function ${task}_${node.name}(${parameters}) {\n${once}\n}
function ${task}Once_${node.name}(${parameters}) {\n${body}\n}`;
  }

  /** A function takes the memory if it remembers, or if it calls one that does. */
  #findMemory(): void {
    const deciding = this.#work.functions.filter(({ task }) => task !== 'collect');
    for (const { task, node } of deciding) {
      const isNeeded = this.#work.remembers(task, node) || (task === 'is' && needsIdentities({ set: this.set, node }));
      if (isNeeded) this.#withMemory.add(`${task} ${node.name}`);
    }
    for (let isChanged = true; isChanged; ) {
      isChanged = false;
      for (const { task, node } of deciding) {
        if (this.#withMemory.has(`${task} ${node.name}`)) continue;
        const callees = this.#work.callees(task, node);
        if (!callees.some((callee) => this.#withMemory.has(`${callee.task} ${callee.node.name}`))) continue;
        this.#withMemory.add(`${task} ${node.name}`);
        isChanged = true;
      }
    }
  }
}

/** A pointer on one line, whatever is in the names. */
function commentText(pointer: string): string {
  return `#${pointer.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}`;
}
