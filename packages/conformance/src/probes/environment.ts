import type { Arbitrary } from 'fast-check';

/** What probes need to know about the running service. */
export interface ProbeEnvironment {
  readonly tokens: ProbeTokens;
  /** Replaces parts of the requests that are made from the document's examples, by operationId. */
  readonly requests?: Readonly<Record<string, GoodRequest>>;
  /**
   * The largest body in bytes; without it 413 is not probed.
   * @default undefined
   */
  readonly bodyLimit?: number;
  /**
   * Places in request bodies, as JSON Pointers, where more is asked of a value than the contract says, such as read-only
   * members. Valid values are not tried there, invalid ones are. By operationId.
   * @default none
   */
  readonly fixed?: Readonly<Record<string, readonly string[]>>;
  /**
   * Makes values of formats, by the name that a schema's `format` has.
   * @default those of core's formats
   */
  readonly formats?: Readonly<Record<string, Arbitrary<string>>>;
  /**
   * How many arbitrary valid values are tried at each place of a body.
   * @default 10
   */
  readonly samples?: number;
  /**
   * Of the arbitrary values.
   * @default 1
   */
  readonly seed?: number;
}

/** Makes access tokens. */
export interface ProbeTokens {
  /** Of the user who may send the good requests, with these scopes. */
  valid(scopes: readonly string[]): string;
  /** Of another user, with these scopes. */
  otherUser(scopes: readonly string[]): string;
  /** Well-formed and signed, but by an issuer that the service does not know. */
  foreignIssuer(): string;
}

/** A request that succeeds. */
export interface GoodRequest {
  /** Values by name; a text stands for a primitive of the parameter's type. */
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly cookies?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  /** Values of the path parameters that name no resource; without them it is a UUID that nobody has, where it can be. */
  readonly unknownPath?: Readonly<Record<string, string>>;
}
