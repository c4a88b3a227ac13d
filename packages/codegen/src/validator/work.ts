import { areCompatible, type Call, callsOf, type Step, type Task } from './calls.ts';
import type { SchemaNode, SchemaSet } from './schema-set.ts';

/** A function of the module: one task for one schema. */
export interface TaskFunction {
  readonly task: Task;
  readonly node: SchemaNode;
}

interface Vertex extends TaskFunction {
  readonly id: number;
  /** Whether it goes into the value, by itself or by the functions that it calls with the same value. */
  goesIn: boolean;
  calls: readonly Edge[];
}

interface Edge {
  /** Numbered together with the vertices. */
  readonly id: number;
  readonly call: Call;
  readonly to: Vertex;
  readonly step: Step | null;
}

/** Above this the search is given up, and every function that could be called twice remembers. */
const MAX_PAIRS = 100_000;

/**
 * Finds the functions that more than one way leads to with the same value. Their work would double at each level of the
 * value; they have to remember what they have seen. Two ways are looked for side by side: they part at some function,
 * take the same steps into the value, and meet again.
 */
export class Work {
  readonly #set: SchemaSet;
  readonly #vertices = new Map<string, Vertex>();
  #count = 0;
  readonly #repeated = new Set<Vertex>();

  constructor(set: SchemaSet, roots: readonly SchemaNode[]) {
    this.#set = set;
    for (const node of roots) {
      this.#vertex('is', node);
      this.#vertex('collect', node);
    }
    this.#findWhatGoesIn();
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
    return this.#vertices.get(key(task, node))?.calls.map(({ to }) => to) ?? [];
  }

  #vertex(task: Task, node: SchemaNode): Vertex {
    const known = this.#vertices.get(key(task, node));
    if (known !== undefined) return known;
    const vertex: Vertex = { id: this.#nextId(), task, node, goesIn: false, calls: [] };
    this.#vertices.set(key(task, node), vertex);
    vertex.calls = callsOf(this.#set, task, node).map((call) => ({
      id: this.#nextId(),
      call,
      to: this.#vertex(call.task, call.node),
      step: call.step,
    }));
    return vertex;
  }

  #nextId(): number {
    this.#count += 1;
    return this.#count;
  }

  #findWhatGoesIn(): void {
    for (let isChanged = true; isChanged; ) {
      isChanged = false;
      for (const vertex of this.#vertices.values()) {
        if (vertex.goesIn || !vertex.calls.some(({ step, to }) => step !== null || to.goesIn)) continue;
        vertex.goesIn = true;
        isChanged = true;
      }
    }
  }

  #findRepeated(): void {
    const pairs = new Pairs();
    for (const vertex of this.#vertices.values()) {
      for (const [index, one] of vertex.calls.entries()) {
        for (const other of vertex.calls.slice(index + 1)) {
          if (!areExclusive(one.call, other.call)) pairs.add(position(one), position(other));
        }
      }
    }
    for (let pair = pairs.next(); pair !== undefined; pair = pairs.next()) {
      this.#follow(pairs, pair[0], pair[1]);
      if (pairs.count <= MAX_PAIRS) continue;
      for (const vertex of this.#vertices.values()) if (mayRemember(vertex)) this.#repeated.add(vertex);
      return;
    }
  }

  #follow(pairs: Pairs, one: Vertex | Edge, other: Vertex | Edge): void {
    if (one === other && isVertex(one) && mayRemember(one)) {
      // What it calls is called once from now on.
      this.#repeated.add(one);
      return;
    }
    if (isVertex(one)) for (const edge of one.calls) pairs.add(position(edge), other);
    if (isVertex(other)) for (const edge of other.calls) pairs.add(one, position(edge));
    if (isVertex(one) || isVertex(other) || one.step === null || other.step === null) return;
    if (areCompatible(one.step, other.step)) pairs.add(one.to, other.to);
  }
}

/** Pairs of places on two ways, each looked at once. */
class Pairs {
  readonly #seen = new Set<string>();
  readonly #waiting: (readonly [Vertex | Edge, Vertex | Edge])[] = [];

  get count(): number {
    return this.#seen.size;
  }

  add(one: Vertex | Edge, other: Vertex | Edge): void {
    const name = one.id < other.id ? `${one.id} ${other.id}` : `${other.id} ${one.id}`;
    if (this.#seen.has(name)) return;
    this.#seen.add(name);
    this.#waiting.push([one, other]);
  }

  next(): readonly [Vertex | Edge, Vertex | Edge] | undefined {
    return this.#waiting.pop();
  }
}

/** A call with the same value is where it leads to; one with a part of the value waits for the other way to follow. */
function position(edge: Edge): Vertex | Edge {
  return edge.step === null ? edge.to : edge;
}

function isVertex(part: Vertex | Edge): part is Vertex {
  return 'calls' in part;
}

/** An evaluation goes no further than the value, and calls nothing else that would not remember by itself. */
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
