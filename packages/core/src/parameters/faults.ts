/** The text of a parameter stands for no value. The message says what it must be, and holds nothing of the text. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError';
}

/**
 * A value that its parameter cannot carry: it would be lost on its way, or arrive as another one. The message says what
 * it must be, and holds nothing of the value.
 */
export class UnwritableError extends Error {
  override readonly name = 'UnwritableError';
  /** The schema keyword that comes closest, for example `minItems` for an empty list. */
  readonly keyword: string;

  constructor(keyword: string, message: string) {
    super(message);
    this.keyword = keyword;
  }
}
