import type { FieldLines } from '../exchange/exchange.ts';

/** A test case that was made from the contract. */
export interface Probe {
  /** Unique. Begins with the number of the rule of behaviour that it covers, if there is one. */
  readonly name: string;
  readonly operationId: string;
  readonly request: ProbeRequest;
  readonly expected: Expectation;
}

export interface ProbeRequest {
  readonly method: string;
  /** Path and query, with the contract's base path, percent-encoded. */
  readonly target: string;
  /** Field lines in their order; a name may stand twice. Host and Content-Length are the sender's business. */
  readonly headers: FieldLines;
  /** Absent without a body. */
  readonly body?: Uint8Array;
}

export interface Expectation {
  readonly status: number;
  /** The code of every error. */
  readonly code?: string;
  /** Where every error points to. */
  readonly source?: { readonly pointer: string } | { readonly parameter: string } | { readonly header: string };
  /** What response headers have to match, by lower-case name. */
  readonly headers?: Readonly<Record<string, RegExp>>;
  /** The methods that `Allow` has to list, in any order. */
  readonly allow?: readonly string[];
}

/** What a probe was answered with. */
export interface ProbeResponse {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}
