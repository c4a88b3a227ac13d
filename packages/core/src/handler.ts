import type { AnyOperation } from './contract.ts';
import type { Principal } from './principal.ts';
import type { ErrorDocument, Problem } from './problem.ts';

/** Headers that only the server can give. */
type OwnHeader = 'X-Request-Id' | 'Content-Type' | 'Content-Length';

/** Headers that the server gives by itself where a handler does not. */
type DefaultHeader = 'Vary' | 'Cache-Control' | 'Date';

/** Headers that the server gives to replies by itself, so that no handler has to. */
export type ServerHeader = OwnHeader | DefaultHeader;

/** The values of one kind of parameters; no value can be read where the operation has none of the kind. */
type Values<T> = [NonNullable<T>] extends [never] ? Readonly<Record<never, never>> : Readonly<NonNullable<T>>;

type ContentOf<T> = T extends { readonly content: infer Content } ? Content[keyof Content] : undefined;

/** The decoded and validated request of an operation, and who sent it. */
export interface RequestOf<Op extends AnyOperation, P extends Principal = Principal> {
  readonly operationId: string;
  /** The id of the request, as in the log and in the error objects. */
  readonly requestId: string;
  readonly path: Values<Op['parameters']['path']>;
  readonly query: Values<Op['parameters']['query']>;
  /** The declared headers, with the names that the contract writes. */
  readonly headers: Values<Op['parameters']['header']>;
  readonly cookies: Values<Op['parameters']['cookie']>;
  /** The document; undefined if the operation takes none, or takes it optionally and none came. */
  readonly body: ContentOf<Op['requestBody']>;
  /** Who sent the request; null on a public operation. */
  readonly principal: P | null;
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal;
  /** The error document of problems, with this request's id. */
  errors(problem: Problem, ...more: readonly Problem[]): ErrorDocument;
}

declare const operationOf: unique symbol;

/** The answer of one operation. Only the `reply` of the same operation can make it. */
export interface Answer<Op> {
  readonly [operationOf]: Op;
}

type Named<Headers> = {
  [Name in keyof Headers as string extends Name ? never : number extends Name ? never : Name]: Headers[Name];
};

type DeclaredHeaders<R> = R extends { readonly headers: infer Headers }
  ? Omit<Named<Headers>, ServerHeader> & Partial<Pick<Named<Headers>, keyof Named<Headers> & DefaultHeader>>
  : Record<never, never>;

type HeaderArguments<Headers> = [keyof Headers] extends [never]
  ? []
  : Record<never, never> extends Headers
    ? [headers?: Headers]
    : [headers: Headers];

type BodyArguments<R> = R extends { readonly content: infer Content extends object }
  ? [body: Content[keyof Content]]
  : [];

type StatusArguments<Status> = Status extends number ? [] : [status: number];

type ReplyArguments<Status, R> = [
  ...StatusArguments<Status>,
  ...BodyArguments<R>,
  ...HeaderArguments<DeclaredHeaders<R>>,
];

/**
 * One method for each status that the contract declares. A body comes first, then the declared headers; `default` and
 * ranges such as `4XX` take the status before them.
 */
export type ReplyOf<Op extends AnyOperation> = {
  readonly [Status in keyof Op['responses']]: (...args: ReplyArguments<Status, Op['responses'][Status]>) => Answer<Op>;
};

/** Carries out one operation. A path that does not answer, or answers what is not declared, does not compile. */
export type Handler<Op extends AnyOperation, P extends Principal = Principal> = (
  request: RequestOf<Op, P>,
  reply: ReplyOf<Op>,
) => Answer<Op> | Promise<Answer<Op>>;

/** Exactly one handler for each operation of a contract. */
export type Handlers<Operations, P extends Principal = Principal> = {
  readonly [OperationId in keyof Operations]: Operations[OperationId] extends AnyOperation
    ? Handler<Operations[OperationId], P>
    : never;
};
