import { areCompatible, type Call, callsOf, type Task } from './calls.ts';
import type { SchemaNode, SchemaSet } from './schema-set.ts';

/** A function of the module: one task for one schema. */
export interface TaskFunction {
  readonly task: Task;
  readonly node: SchemaNode;
}

interface Vertex extends TaskFunction {
  readonly id: number;
  readonly edges: Edge[];
  /** Whether it goes into the value, by itself or by the functions that it calls with the same value. */
  goesIn: boolean;
  /** The calls with parts of the value that it makes, or that are made by functions that it calls with the same value. */
  steps: readonly Edge[];
  /** Itself, and the functions that it calls with the same value, directly or not. */
  within: ReadonlySet<Vertex>;
}

interface Edge {
  readonly call: Call;
  readonly to: Vertex;
}

/** Above this the search is given up, and every function that goes into the value remembers. */
const MAX_PAIRS = 50_000;

/**
 * Finds the functions that more than one way leads to with the same value. Their work would double at each level of the
 * value; they have to remember what they have seen. Two ways are followed side by side: they part at some function, take
 * the same steps into the value, and meet again.
 */
export class Work {
  readonly #set: SchemaSet;
  readonly #vertices = new Map<string, Vertex>();
  readonly #repeated = new Set<Vertex>();

  constructor(set: SchemaSet, roots: readonly SchemaNode[]) {
    this.#set = set;
    for (const node of roots) {
      this.#vertex('is', node);
      this.#vertex('collect', node);
    }
    for (const vertex of this.#vertices.values()) complete(vertex);
    this.#findRepeated();
  }

  get functions(): readonly TaskFunction[] {
    return [...this.#vertices.values()];
  }

  /** Whether a function must remember for which objects it was called. */
  remembers(task: Task, node: SchemaNode): boolean {
    const vertex = this.#vertices.get(key(task, node));
    return vertex !== undefined && this.#repeated.has(vertex);
  }

  /** The functions that a function calls, directly. */
  callees(task: Task, node: SchemaNode): readonly TaskFunction[] {
    return this.#vertices.get(key(task, node))?.edges.map(({ to }) => to) ?? [];
  }

  #vertex(task: Task, node: SchemaNode): Vertex {
    const known = this.#vertices.get(key(task, node));
    if (known !== undefined) return known;
    const id = this.#vertices.size;
    const vertex: Vertex = { id, task, node, edges: [], goesIn: false, steps: [], within: new Set() };
    this.#vertices.set(key(task, node), vertex);
    for (const call of callsOf(this.#set, task, node)) {
      vertex.edges.push({ call, to: this.#vertex(call.task, call.node) });
    }
    return vertex;
  }

  #findRepeated(): void {
    const pairs = new Pairs(this.#vertices.size);
    for (const vertex of this.#vertices.values()) part(pairs, vertex);
    for (let pair = pairs.next(); pair !== undefined; pair = pairs.next()) {
      const [one, other] = pair;
      for (const vertex of one.within) if (other.within.has(vertex)) this.#meet(pairs, vertex);
      if (one !== other) for (const edge of one.steps) follow(pairs, edge, other.steps);
      if (pairs.count <= MAX_PAIRS) continue;
      for (const vertex of this.#vertices.values()) if (mayRemember(vertex)) this.#repeated.add(vertex);
      return;
    }
  }

  /** What a function that remembers calls is called once from then on; what another one calls, as often as itself. */
  #meet(pairs: Pairs, vertex: Vertex): void {
    if (mayRemember(vertex)) this.#repeated.add(vertex);
    else for (const { call, to } of vertex.edges) if (call.step !== null) pairs.add(to, to);
  }
}

/** Pairs of functions that two ways lead to with the same value; each pair is looked at once. */
class Pairs {
  readonly #seen = new Set<number>();
  readonly #functions: number;
  readonly #waiting: (readonly [Vertex, Vertex])[] = [];

  /** @param functions how many there are */
  constructor(functions: number) {
    this.#functions = functions;
  }

  get count(): number {
    return this.#seen.size;
  }

  add(one: Vertex, other: Vertex): void {
    if (!one.goesIn || !other.goesIn) return;
    const number = Math.min(one.id, other.id) * this.#functions + Math.max(one.id, other.id);
    if (this.#seen.has(number)) return;
    this.#seen.add(number);
    this.#waiting.push([one, other]);
  }

  next(): readonly [Vertex, Vertex] | undefined {
    return this.#waiting.pop();
  }
}

/** Two ways part where a function makes two calls that do not exclude each other. */
function part(pairs: Pairs, { edges }: Vertex): void {
  for (const [index, one] of edges.entries()) {
    for (const other of edges.slice(index + 1)) {
      if (areExclusive(one.call, other.call)) continue;
      const [first, second] = one.call.step === null ? [one, other] : [other, one];
      if (first.call.step !== null) follow(pairs, first, [second]);
      else if (second.call.step === null) pairs.add(first.to, second.to);
      else follow(pairs, second, first.to.steps);
    }
  }
}

/** Takes the same step on both ways. A call that is on both ways leads on from a function that remembers. */
function follow(pairs: Pairs, one: Edge, others: readonly Edge[]): void {
  const { step } = one.call;
  for (const other of others) {
    if (one === other || step === null || other.call.step === null) continue;
    if (areCompatible(step, other.call.step)) pairs.add(one.to, other.to);
  }
}

/** Notes what a function does by way of those that it calls with the same value, which never lead back to it. */
function complete(vertex: Vertex): void {
  if (vertex.within.size > 0) return;
  const inPlace = vertex.edges.filter(({ call }) => call.step === null).map(({ to }) => to);
  for (const callee of inPlace) complete(callee);
  const steps = [
    ...vertex.edges.filter(({ call }) => call.step !== null),
    ...inPlace.flatMap((callee) => callee.steps),
  ];
  vertex.steps = [...new Set(steps)];
  vertex.within = new Set([vertex, ...inPlace.flatMap((callee) => [...callee.within])]);
  vertex.goesIn = steps.length > 0;
}

/** An evaluation has no verdict to remember; what it calls does. */
function mayRemember({ task, goesIn }: Vertex): boolean {
  return goesIn && task !== 'evaluate';
}

function areExclusive(one: Call, other: Call): boolean {
  if (one.choice === undefined || other.choice === undefined) return false;
  return one.choice.of === other.choice.of && one.choice.option !== other.choice.option;
}

function key(task: Task, node: SchemaNode): string {
  return `${task} ${node.name}`;
}
