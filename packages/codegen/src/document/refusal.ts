/** One thing in the document that could not be enforced, or that is not OpenAPI. */
export interface Refusal {
  /** Name of the document as it was given, for example `openapi.yaml`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** What is refused, and after a semicolon what to do instead. */
  readonly reason: string;
}

/** The document is refused. The message holds one line for each reason: `openapi.yaml:LINE:COLUMN  reason`. */
export class RefusedDocumentError extends Error {
  override readonly name = 'RefusedDocumentError';
  readonly refusals: readonly Refusal[];

  constructor(refusals: readonly Refusal[], options?: ErrorOptions) {
    super(refusals.map(refusalLine).join('\n'), options);
    this.refusals = refusals;
  }
}

function refusalLine({ file, line, column, reason }: Refusal): string {
  return `${file}:${line}:${column}  ${reason}`;
}
