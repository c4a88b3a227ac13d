import { anyButLineEnds, type CharacterSet, classEscapes, complement, everything } from './character-set.ts';

/** The parts of a regular expression that matter for its running time. */
export type RegexNode =
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly RegexNode[] }
  | { readonly kind: 'repeat'; readonly body: RegexNode; readonly min: number; readonly max: number }
  | { readonly kind: 'start' | 'end' | 'boundary' }
  | { readonly kind: 'look'; readonly body: RegexNode };

/** The expression has a part whose running time cannot be bounded here. */
export class UnboundedRegexError extends Error {
  override readonly name = 'UnboundedRegexError';
}

const controls: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13, 0: 0, b: 8 };

/**
 * Takes apart the source of a regular expression that is valid with the `u` flag (ECMA-262 §22.2.1).
 *
 * @throws UnboundedRegexError for backreferences and modifiers
 */
export function parseRegex(source: string): RegexNode {
  return new RegexParser(source).choice();
}

class RegexParser {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  choice(): RegexNode {
    const parts = [this.#sequence()];
    while (this.#take('|')) parts.push(this.#sequence());
    return { kind: 'choice', parts };
  }

  #sequence(): RegexNode {
    const parts: RegexNode[] = [];
    while (this.#at < this.#source.length && !'|)'.includes(this.#source.charAt(this.#at))) {
      parts.push(this.#quantified(this.#atom()));
    }
    return { kind: 'sequence', parts };
  }

  #quantified(body: RegexNode): RegexNode {
    const match = this.#match(/(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/y);
    if (match === null) return body;
    const [, sign, least = '0', comma, most] = match;
    if (sign !== undefined)
      return { kind: 'repeat', body, min: sign === '+' ? 1 : 0, max: sign === '?' ? 1 : Number.POSITIVE_INFINITY };
    const open = most === '' ? Number.POSITIVE_INFINITY : Number(most);
    return { kind: 'repeat', body, min: Number(least), max: comma === '' ? Number(least) : open };
  }

  #atom(): RegexNode {
    if (this.#take('^')) return { kind: 'start' };
    if (this.#take('$')) return { kind: 'end' };
    if (this.#take('.')) return { kind: 'set', set: anyButLineEnds };
    if (this.#take('(')) return this.#group();
    if (this.#take('[')) return { kind: 'set', set: this.#class() };
    if (this.#match(/\\[bB]/y)) return { kind: 'boundary' };
    if (this.#match(/\\[1-9k]/y)) throw new UnboundedRegexError('a backreference');
    return { kind: 'set', set: this.#character() };
  }

  #group(): RegexNode {
    const [opening = ''] = this.#match(/\?(?:<?[=!]|:|<[^>]*>)/y) ?? [];
    if (opening === '' && this.#source.charAt(this.#at) === '?')
      throw new UnboundedRegexError('a group with modifiers');
    const body = this.choice();
    this.#take(')');
    return /[=!]$/.test(opening) ? { kind: 'look', body } : body;
  }

  #class(): CharacterSet {
    const negated = this.#take('^');
    const sets: CharacterSet[] = [];
    while (!this.#take(']')) {
      const set = this.#character();
      const isRange = this.#source.charAt(this.#at) === '-' && this.#source.charAt(this.#at + 1) !== ']';
      sets.push(isRange && this.#take('-') ? span(set, this.#character()) : set);
    }
    return negated ? complement(sets.flat()) : sets.flat();
  }

  /** One character or escape, within a class or outside of one. */
  #character(): CharacterSet {
    if (!this.#take('\\')) return single(this.#next());
    // Unicode properties are taken for every character, which can only make the expression look slower than it is.
    if (this.#match(/[pP]\{[^}]*\}/y)) return everything;
    const [, hex] =
      this.#match(/(?:x|u)([0-9a-fA-F]{2,4})|u\{([0-9a-fA-F]+)\}/y)?.filter((part) => part !== undefined) ?? [];
    if (hex !== undefined) return single(Number.parseInt(hex, 16));
    const [, control] = this.#match(/c([A-Za-z])/y) ?? [];
    if (control !== undefined) return single(control.charCodeAt(0) % 32);
    const name = String.fromCodePoint(this.#next());
    return classEscapes[name] ?? single(controls[name] ?? name.codePointAt(0) ?? 0);
  }

  #next(): number {
    const codePoint = this.#source.codePointAt(this.#at) ?? 0;
    this.#at += codePoint > 0xffff ? 2 : 1;
    return codePoint;
  }

  #take(text: string): boolean {
    if (!this.#source.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #match(sticky: RegExp): RegExpExecArray | null {
    sticky.lastIndex = this.#at;
    const match = sticky.exec(this.#source);
    if (match !== null) this.#at = sticky.lastIndex;
    return match;
  }
}

function single(codePoint: number): CharacterSet {
  return [[codePoint, codePoint]];
}

function span(first: CharacterSet, last: CharacterSet): CharacterSet {
  return [[first[0]?.[0] ?? 0, last[0]?.[1] ?? 0]];
}
