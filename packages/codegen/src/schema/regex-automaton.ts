import { type CharacterSet, lastCodePoint } from './character-set.ts';
import { type RegexNode, UnboundedRegexError } from './regex-syntax.ts';

/** Stands for the begin and the end of the text among the code points. */
const textBegin = lastCodePoint + 1;
const textEnd = lastCodePoint + 2;
/** More positions than this take too long to compare with each other. */
const mostPositions = 1000;
/** A repetition of one character is spelt out up to here, that of a group up to {@link spelledGroup}. */
const spelledCharacter = 256;
const spelledGroup = 4;

/** A position automaton (Glushkov): each position takes one character of its set. */
export interface Automaton {
  readonly sets: readonly CharacterSet[];
  /** Positions that may follow each position, with the number of ways in which they do. */
  readonly follows: readonly ReadonlyMap<number, number>[];
}

interface Fragment {
  readonly nullable: boolean;
  readonly first: readonly number[];
  readonly last: readonly number[];
}

const empty: Fragment = { nullable: true, first: [], last: [] };

/**
 * Makes the automaton of a search. Position 0 skips the text before the match, so that an expression without `^` is
 * seen to start anywhere.
 */
export function searchAutomaton(node: RegexNode): Automaton {
  return new AutomatonBuilder().build(node);
}

class AutomatonBuilder {
  readonly #sets: CharacterSet[] = [[[0, textBegin]]];
  readonly #follows: Map<number, number>[] = [new Map([[0, 1]])];
  #hasAssertion = false;

  build(node: RegexNode): Automaton {
    const { first, last } = this.#fragment(node);
    this.#connect([0], first);
    // Whoever gets to a last position has matched and does not go back, unless an assertion follows.
    const final = this.#hasAssertion ? [] : last;
    return { sets: this.#sets, follows: this.#follows.map((next, at) => (final.includes(at) ? new Map() : next)) };
  }

  #fragment(node: RegexNode): Fragment {
    switch (node.kind) {
      case 'set':
        return this.#position(node.set);
      case 'start':
        return this.#position([[textBegin, textBegin]]);
      case 'end':
        return this.#position([[textEnd, textEnd]]);
      case 'sequence':
        return node.parts.reduce((before, part) => this.#sequence(before, this.#fragment(part)), empty);
      case 'choice':
        return choice(node.parts.map((part) => this.#fragment(part)));
      case 'repeat':
        return this.#repeat(node.body, node.min, node.max);
      default:
        this.#hasAssertion = true;
        return empty;
    }
  }

  #position(set: CharacterSet): Fragment {
    if (this.#sets.length >= mostPositions) throw new UnboundedRegexError('too many positions');
    const at = this.#sets.push(set) - 1;
    this.#follows.push(new Map());
    return { nullable: false, first: [at], last: [at] };
  }

  #sequence(before: Fragment, after: Fragment): Fragment {
    this.#connect(before.last, after.first);
    return {
      nullable: before.nullable && after.nullable,
      first: before.nullable ? [...before.first, ...after.first] : before.first,
      last: after.nullable ? [...before.last, ...after.last] : after.last,
    };
  }

  /** Spells out small repetitions; a larger one is as good as one without end. */
  #repeat(body: RegexNode, min: number, max: number): Fragment {
    const isSpelled = max <= (body.kind === 'set' ? spelledCharacter : spelledGroup);
    if (!isSpelled) return this.#loop(this.#fragment(body), min);
    let optional = empty;
    for (let count = max; count > min; count -= 1)
      optional = { ...this.#sequence(this.#fragment(body), optional), nullable: true };
    let required = empty;
    for (let count = 0; count < min; count += 1) required = this.#sequence(required, this.#fragment(body));
    return this.#sequence(required, optional);
  }

  #loop(body: Fragment, min: number): Fragment {
    if (body.nullable && min > 1) throw new UnboundedRegexError('a repetition of nothing');
    this.#connect(body.last, body.first);
    return { ...body, nullable: body.nullable || min === 0 };
  }

  #connect(from: readonly number[], to: readonly number[]): void {
    for (const position of from) {
      const next = this.#follows[position];
      for (const target of to) next?.set(target, (next.get(target) ?? 0) + 1);
    }
  }
}

function choice(options: readonly Fragment[]): Fragment {
  return {
    nullable: options.some(({ nullable }) => nullable),
    first: options.flatMap(({ first }) => first),
    last: options.flatMap(({ last }) => last),
  };
}
