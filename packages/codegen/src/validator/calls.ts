import { conjuncts, listOf, mapOf, type SchemaNode, type SchemaSet, schemaOf, type Target } from './schema-set.ts';
import { needsEvaluation } from './unevaluated.ts';
import { discriminated } from './union.ts';

/**
 * What a function does with its schema: `is` decides, `collect` gathers the violations of a value that it refused,
 * `evaluate` notes which members and items the schema has looked at.
 */
export type Task = 'is' | 'collect' | 'evaluate';

/** Where a value is below the one that a function has. */
export type Step =
  | { readonly kind: 'member'; readonly name: string }
  /** Any member but these. */
  | { readonly kind: 'members'; readonly except: ReadonlySet<string> }
  | { readonly kind: 'item'; readonly index: number }
  | { readonly kind: 'items'; readonly from: number }
  /** The name of a member, not its value. */
  | { readonly kind: 'name' };

/** A call of one function by another. */
export interface Call {
  readonly task: Task;
  readonly node: SchemaNode;
  /** null: for the same value */
  readonly step: Step | null;
  /** Calls of one choice exclude each other unless their option is the same. */
  readonly choice?: { readonly of: object; readonly option: unknown };
}

/** The functions that a function calls with the value or a part of it. */
export function callsOf(set: SchemaSet, task: Task, node: SchemaNode): readonly Call[] {
  if (task === 'evaluate') return evaluations(set, node);
  const found = [...inPlace(set, task, node), ...below(set, task, node)];
  if (task === 'collect') found.push(...decisions(set, node));
  if (needsEvaluation(set, node)) found.push(...evaluations(set, node));
  return found;
}

function call(task: Task, target: Target | undefined, rest: Pick<Call, 'step' | 'choice'>): readonly Call[] {
  return target === undefined || typeof target === 'boolean' ? [] : [{ task, node: target, ...rest }];
}

function inPlace(set: SchemaSet, task: Task, node: SchemaNode): readonly Call[] {
  const always = [...conjuncts(set, node), ...mapOf(set, node, 'dependentSchemas').map(([, target]) => target)].flatMap(
    (target) => call(task, target, { step: null }),
  );
  const unions = ['anyOf', 'oneOf'].flatMap((keyword) => unionCalls(set, task, listOf(set, node, keyword)));
  const isConditions = task === 'is' ? ['if', 'not'] : [];
  const conditions = isConditions.flatMap((keyword) => call('is', schemaOf(set, node, keyword), { step: null }));
  const branches = ['then', 'else'].flatMap((option) =>
    call(task, schemaOf(set, node, option), { step: null, choice: { of: node, option } }),
  );
  return [...always, ...unions, ...conditions, ...branches];
}

function unionCalls(set: SchemaSet, task: Task, branches: readonly Target[]): readonly Call[] {
  const isDiscriminated = discriminated(set, branches) !== null;
  return branches.flatMap((target, option) =>
    call(task, target, { step: null, ...(isDiscriminated && { choice: { of: branches, option } }) }),
  );
}

/** What `collect` has to decide before it goes on. */
function decisions(set: SchemaSet, node: SchemaNode): readonly Call[] {
  const unions = ['anyOf', 'oneOf']
    .map((keyword) => listOf(set, node, keyword))
    .filter((branches) => discriminated(set, branches) === null)
    .flat();
  const conditions = ['if', 'then', 'else', 'not'].map((keyword) => schemaOf(set, node, keyword));
  return [
    ...[...unions, ...conditions].flatMap((target) => call('is', target, { step: null })),
    ...call('is', schemaOf(set, node, 'contains'), { step: { kind: 'items', from: 0 } }),
    ...call('is', schemaOf(set, node, 'propertyNames'), { step: { kind: 'name' } }),
  ];
}

function below(set: SchemaSet, task: Task, node: SchemaNode): readonly Call[] {
  const properties = mapOf(set, node, 'properties');
  const names = new Set(properties.map(([name]) => name));
  const any: Step = { kind: 'members', except: new Set() };
  const prefix = listOf(set, node, 'prefixItems');
  const items: Step = { kind: 'items', from: prefix.length };
  return [
    ...properties.flatMap(([name, target]) => call(task, target, { step: { kind: 'member', name } })),
    ...mapOf(set, node, 'patternProperties').flatMap(([, target]) => call(task, target, { step: any })),
    ...call(task, schemaOf(set, node, 'propertyNames'), { step: { kind: 'name' } }),
    ...call(task, schemaOf(set, node, 'additionalProperties'), { step: { kind: 'members', except: names } }),
    ...call(task, schemaOf(set, node, 'unevaluatedProperties'), { step: { kind: 'members', except: names } }),
    ...prefix.flatMap((target, index) => call(task, target, { step: { kind: 'item', index } })),
    ...call(task, schemaOf(set, node, 'items'), { step: items }),
    ...call(task, schemaOf(set, node, 'unevaluatedItems'), { step: items }),
    ...(task === 'is' ? call('is', schemaOf(set, node, 'contains'), { step: { kind: 'items', from: 0 } }) : []),
  ];
}

/** Which schemas have looked at a member depends on which of them take the value. */
function evaluations(set: SchemaSet, node: SchemaNode): readonly Call[] {
  const applied = [
    ...conjuncts(set, node),
    ...['anyOf', 'oneOf'].flatMap((keyword) => listOf(set, node, keyword)),
    ...mapOf(set, node, 'dependentSchemas').map(([, target]) => target),
    ...['if', 'then', 'else'].map((keyword) => schemaOf(set, node, keyword)),
  ];
  const decided = ['anyOf', 'oneOf'].flatMap((keyword) => listOf(set, node, keyword));
  return [
    ...applied.flatMap((target) => call('evaluate', target, { step: null })),
    ...[...decided, schemaOf(set, node, 'if')].flatMap((target) => call('is', target, { step: null })),
    ...call('is', schemaOf(set, node, 'contains'), { step: { kind: 'items', from: 0 } }),
  ];
}

/** Whether two steps may lead to the same part of a value. */
export function areCompatible(one: Step, other: Step): boolean {
  if (one.kind === 'member') {
    return other.kind === 'member' ? one.name === other.name : other.kind === 'members' && !other.except.has(one.name);
  }
  if (one.kind === 'item') {
    return other.kind === 'item' ? one.index === other.index : other.kind === 'items' && one.index >= other.from;
  }
  const isNarrower = other.kind === 'member' || other.kind === 'item';
  return isNarrower ? areCompatible(other, one) : one.kind === other.kind;
}
