import { intersection } from './character-set.ts';
import type { Automaton } from './regex-automaton.ts';

/** How the time of a backtracking search grows with the text, at worst. */
export type Growth = 'linear' | 'polynomial' | 'exponential';

/**
 * The time is exponential if the automaton has two ways from a position back to it for one text, and polynomial if it
 * can stay at one position, go to another, and stay there for one text (Weber and Seidl, On the degree of ambiguity of
 * finite automata, 1991).
 */
export function growth(automaton: Automaton): Growth {
  const walker = new Walker(automaton);
  const looping = automaton.sets.map((_, at) => at).filter((at) => walker.leads(at, at));
  // Positions that lead to each other have two loops together or not at all, so that one of them is enough.
  const loops = looping.filter(
    (at) => !looping.some((other) => other < at && walker.leads(at, other) && walker.leads(other, at)),
  );
  if (loops.some((position) => walker.hasTwoLoops(position))) return 'exponential';
  const isPolynomial = looping.some((from) =>
    looping.some((to) => !walker.leads(to, from) && walker.hasHandover(from, to)),
  );
  return isPolynomial ? 'polynomial' : 'linear';
}

/** Positions at which walks with the same text are. */
type State = readonly [first: number, second: number, third: number];

class Walker {
  readonly #automaton: Automaton;
  readonly #reachable: readonly ReadonlySet<number>[];
  readonly #shared = new Map<number, boolean>();

  constructor(automaton: Automaton) {
    this.#automaton = automaton;
    this.#reachable = automaton.sets.map((_, at) => reachable(automaton, at));
  }

  /** Whether some way of at least one step leads from one position to the other. */
  leads(from: number, to: number): boolean {
    return this.#reachable[from]?.has(to) === true;
  }

  /** Whether there are two ways from the position back to it for one text. */
  hasTwoLoops(position: number): boolean {
    const next = ([a, b, parted]: State): readonly State[] =>
      this.#successors(a, position).flatMap(([nextA, ways]) =>
        this.#successors(b, position)
          .filter(([nextB]) => this.#shares(nextA, nextB))
          .map(([nextB]) => [nextA, nextB, parted === 1 || nextA !== nextB || (a === b && ways > 1) ? 1 : 0] as const),
      );
    return this.#walks([position, position, 0], [position, position, 1], next);
  }

  /** Whether one text leads from one position back to it, from it to the other, and from the other back to that. */
  hasHandover(from: number, to: number): boolean {
    if (!this.leads(from, to)) return false;
    const next = ([a, b, c]: State): readonly State[] =>
      this.#successors(a, from).flatMap(([nextA]) =>
        this.#successors(c, to)
          .filter(([nextC]) => this.#shares(nextA, nextC))
          .flatMap(([nextC]) =>
            this.#successors(b, to)
              .filter(([nextB]) => this.#shareAll(nextA, nextB, nextC))
              .map(([nextB]) => [nextA, nextB, nextC] as const),
          ),
      );
    return this.#walks([from, from, to], [from, to, to], next);
  }

  /** Positions after one step that are the goal or lead to it. */
  #successors(at: number, goal: number): readonly (readonly [position: number, ways: number])[] {
    return [...(this.#automaton.follows[at] ?? [])].filter(([next]) => next === goal || this.leads(next, goal));
  }

  #walks(start: State, goal: State, next: (state: State) => readonly State[]): boolean {
    const visited = new Set<number>();
    const target = this.#key(goal);
    const open = [start];
    for (let state = open.pop(); state !== undefined; state = open.pop()) {
      for (const successor of next(state)) {
        const key = this.#key(successor);
        if (key === target) return true;
        if (!visited.has(key)) open.push(successor);
        visited.add(key);
      }
    }
    return false;
  }

  #key([a, b, c]: State): number {
    const size = Math.max(this.#automaton.sets.length, 2);
    return (a * size + b) * size + c;
  }

  #shares(a: number, b: number): boolean {
    const key = this.#key([0, Math.min(a, b), Math.max(a, b)]);
    const known = this.#shared.get(key);
    if (known !== undefined) return known;
    const shared = intersection(this.#set(a), this.#set(b)).length > 0;
    this.#shared.set(key, shared);
    return shared;
  }

  #shareAll(a: number, b: number, c: number): boolean {
    if (!this.#shares(a, b) || !this.#shares(b, c)) return false;
    return intersection(intersection(this.#set(a), this.#set(b)), this.#set(c)).length > 0;
  }

  #set(at: number): Automaton['sets'][number] {
    return this.#automaton.sets[at] ?? [];
  }
}

function reachable({ follows }: Automaton, from: number): ReadonlySet<number> {
  const found = new Set<number>();
  const open = [from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const next of follows[at]?.keys() ?? []) {
      if (!found.has(next)) open.push(next);
      found.add(next);
    }
  }
  return found;
}
