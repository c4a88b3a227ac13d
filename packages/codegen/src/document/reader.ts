import { childPointer, pointerTokens } from './pointer.ts';
import { type Refusal, RefusedDocumentError } from './refusal.ts';
import type { Place, Source } from './source.ts';

/** A member of an object in the document. */
export interface Member extends Place {
  readonly key: string;
}

/** The component sections that a Reference Object may point to (OAS 3.1 §4.8.7.1). */
export type Section =
  | 'schemas'
  | 'responses'
  | 'parameters'
  | 'examples'
  | 'requestBodies'
  | 'headers'
  | 'securitySchemes';

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Walks a document and collects what is refused, so that everything is reported at once. */
export class DocumentReader {
  readonly source: Source;
  readonly #refusals = new Map<string, Refusal>();
  readonly #refusedPointers = new Set<string>();

  constructor(source: Source) {
    this.source = source;
  }

  get root(): Place {
    return this.source.root;
  }

  get refusalCount(): number {
    return this.#refusals.size;
  }

  isRefused(pointer: string): boolean {
    return this.#refusedPointers.has(pointer);
  }

  /** Reports the place. Parts that are referred to more than once are reported once. */
  refuse(place: { readonly pointer: string }, reason: string): void {
    this.#refusedPointers.add(place.pointer);
    const { line, column } = this.source.position(place.pointer);
    this.#refusals.set(`${line}:${column}:${reason}`, { file: this.source.name, line, column, reason });
  }

  /** @throws RefusedDocumentError with everything that was refused so far, in the document's order */
  assertNothingRefused(): void {
    if (this.#refusals.size === 0) return;
    const refusals = [...this.#refusals.values()];
    throw new RefusedDocumentError(refusals.sort((a, b) => a.line - b.line || a.column - b.column));
  }

  /** The member, or undefined if the object does not have it. */
  member(place: Place, key: string): Member | undefined {
    if (!isObject(place.value) || !Object.hasOwn(place.value, key)) return undefined;
    return { key, pointer: childPointer(place.pointer, key), value: place.value[key] };
  }

  /** What the pointer leads to. */
  at(pointer: string): Place | undefined {
    let place: Place | undefined = this.root;
    for (const token of pointerTokens(pointer)) {
      const list: boolean = Array.isArray(place?.value);
      place = list ? this.items(place)[Number(token)] : place && this.member(place, token);
    }
    return place;
  }

  /** All members; a value that is not an object is refused and has none. `undefined` has none. */
  members(place: Place | undefined): readonly Member[] {
    if (place === undefined) return [];
    if (isObject(place.value)) {
      return Object.entries(place.value).map(([key, value]) => ({
        key,
        value,
        pointer: childPointer(place.pointer, key),
      }));
    }
    this.refuse(place, `${lastToken(place)} is not an object; make it one`);
    return [];
  }

  /** All items; a value that is not an array is refused and has none. `undefined` has none. */
  items(place: Place | undefined): readonly Place[] {
    if (place === undefined) return [];
    if (Array.isArray(place.value)) {
      return place.value.map((value: unknown, index) => ({ value, pointer: childPointer(place.pointer, index) }));
    }
    this.refuse(place, `${lastToken(place)} is not an array; make it one`);
    return [];
  }

  /** A string member; another type is refused. */
  string(place: Place, key: string): string | undefined {
    const found = this.member(place, key);
    if (found === undefined) return undefined;
    if (typeof found.value === 'string') return found.value;
    this.refuse(found, `${key} is not a string; put it in quotes`);
    return undefined;
  }

  /** A boolean member, false if it is not there; another type is refused. */
  flag(place: Place, key: string): boolean {
    const found = this.member(place, key);
    if (found !== undefined && typeof found.value !== 'boolean')
      this.refuse(found, `${key} is not a boolean; use true or false`);
    return found?.value === true;
  }

  /** Refuses every member that is neither in the list nor an extension (`x-…`), such as a misspelt one. */
  allowOnly(place: Place, what: string, known: readonly string[]): void {
    for (const { key, pointer } of this.members(place)) {
      if (!known.includes(key) && !key.startsWith('x-')) {
        this.refuse({ pointer }, `OpenAPI 3.1 has no member ${key} here (${what}); correct its name or remove it`);
      }
    }
  }

  /** Follows Reference Objects until there is something else; one that leads nowhere is refused and gives undefined. */
  resolve(place: Place, section: Section): Place | undefined {
    let target = place;
    for (const visited = new Set<string>(); isObject(target.value) && '$ref' in target.value; ) {
      const next = this.#target(target, section);
      if (next === undefined) return undefined;
      if (visited.has(next.pointer)) {
        this.refuse(place, '$ref leads back to itself; refer to a definition');
        return undefined;
      }
      visited.add(next.pointer);
      target = next;
    }
    return target;
  }

  /** What a Reference Object points to directly. */
  reference(place: Place, section: Section): Place | undefined {
    return this.#target(place, section);
  }

  #target(place: Place, section: Section): Place | undefined {
    const at = this.member(place, '$ref') ?? place;
    const reason = this.#refusedReference(at.value, section);
    if (reason !== undefined) {
      this.refuse(at, reason);
      return undefined;
    }
    const target = this.at(String(at.value).slice(1));
    if (target === undefined)
      this.refuse(at, `$ref ${String(at.value)} leads nowhere; correct it or add the component`);
    return target;
  }

  #refusedReference(reference: unknown, section: Section): string | undefined {
    if (typeof reference !== 'string') return '$ref is not a string; use for example #/components/schemas/Name';
    if (!reference.startsWith('#')) {
      return `$ref ${reference} leads out of the document; bundle first with: redocly bundle`;
    }
    if (new RegExp(`^#/components/${section}/[\\w.-]+$`).test(reference)) return undefined;
    return `$ref ${reference} is not a component of its kind; move the target to #/components/${section}`;
  }
}

function lastToken(place: Place): string {
  return pointerTokens(place.pointer).at(-1) ?? 'the document';
}
