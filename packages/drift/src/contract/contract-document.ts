import { type Document, isMap, isScalar, LineCounter, type Pair, parseDocument } from 'yaml';

/** Keys from the root of the document to a value. */
export type Path = readonly (string | number)[];

export type JsonObject = Readonly<Record<string, unknown>>;

/** A value of the document and where it stands. */
export interface Site {
  readonly path: Path;
  readonly value: JsonObject;
}

/** A change of the document. */
export interface Mutation {
  readonly kind: string;
  readonly path: Path;
  /** Tells mutations of one kind at one place apart. */
  readonly detail?: string;
  readonly change: string;
  readonly apply: (edit: Editor) => void;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON Pointer (RFC 6901) of a path. */
export function pointer(path: Path): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** OpenAPI as YAML, of which changed copies are made. */
export class ContractDocument {
  readonly root: JsonObject;
  readonly #document: Document.Parsed;
  readonly #lines = new LineCounter();

  /** @throws {Error} if the text is not a YAML object */
  constructor(text: string) {
    this.#document = parseDocument(text, { lineCounter: this.#lines, version: '1.2' });
    const root: unknown = this.#document.toJS();
    if (this.#document.errors.length > 0 || !isObject(root)) throw new Error('The contract is not a YAML object.');
    this.root = root;
  }

  /** The line, from 1, of the key or item at a path, or of its nearest parent. */
  line(path: Path): number {
    for (let length = path.length; length > 0; length -= 1) {
      const offset = this.#offset(path.slice(0, length));
      if (offset !== undefined) return this.#lines.linePos(offset).line;
    }
    return 1;
  }

  #offset(path: Path): number | undefined {
    const key = pairOf(this.#document, path)?.key;
    if (isScalar(key)) return key.range?.[0];
    const node = this.#document.getIn(path, true);
    return isScalar(node) || isMap(node) ? node.range?.[0] : undefined;
  }

  /** The text of the document after a change; without one, of the document as it is. */
  changed(apply: (edit: Editor) => void = () => {}): string {
    const copy = this.#document.clone();
    apply(new Editor(copy));
    return copy.toString({ lineWidth: 0 });
  }
}

/** Changes a document in place. */
export class Editor {
  readonly #document: Document;

  constructor(document: Document) {
    this.#document = document;
  }

  get(path: Path): unknown {
    const root: unknown = this.#document.toJS();
    return path.reduce<unknown>(
      (value, key) => (isObject(value) || Array.isArray(value) ? Reflect.get(value, key) : undefined),
      root,
    );
  }

  set(path: Path, value: unknown): void {
    this.#document.setIn(path, this.#document.createNode(value));
  }

  remove(path: Path): void {
    this.#document.deleteIn(path);
  }

  /**
   * Gives a member another key and leaves it where it is.
   *
   * @throws {Error} if there is no such member
   */
  rename(path: Path, key: string): void {
    const pair = pairOf(this.#document, path);
    if (pair === undefined) throw new Error(`There is no ${pointer(path)} to be renamed.`);
    pair.key = this.#document.createNode(key);
  }
}

function pairOf(document: Document, path: Path): Pair | undefined {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) return undefined;
  return parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1));
}
