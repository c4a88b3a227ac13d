import type { AnyOperation } from '@contract-first/core';

/** One method per operation of the contract, by operationId. */
export type Client<Operations> = {
  readonly [OperationId in keyof Operations]: Call<Operations[OperationId]>;
};

/** What a method takes. To annotate a value that is built before the call: `RequestOf<operations, 'UpdateUser'>`. */
export type RequestOf<Operations, OperationId extends keyof Operations> = RequestTo<Operations[OperationId]>;

/** What a method resolves to: a union of every declared status, narrowed by `ok` and by `status`. */
export type ResultOf<Operations, OperationId extends keyof Operations> = ResultFrom<Operations[OperationId]>;

/** What every call takes beside the parts that its operation declares. */
export interface CallOptions {
  /** Aborts the call in any phase; the call then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for the whole call, in place of the client's. */
  readonly timeout?: number | undefined;
  /**
   * Whether carrying the request out twice does no harm, so that it may be sent again (RFC 9110 §9.2.2).
   *
   * @default what the client's option `retry.methods` says
   */
  readonly idempotent?: boolean | undefined;
}

/** A reply with a status from 200 to 299. */
export interface Success<Status extends number, Data, Headers> {
  readonly ok: true;
  readonly status: Status;
  /** The body; undefined where the contract declares none. */
  readonly data: Data;
  /** The declared headers by lower-case name, converted to their types. */
  readonly headers: Headers;
  /** The reply as it came; its body has been read. */
  readonly response: Response;
}

/** A reply with any other status, 304 included. */
export interface Failure<Status extends number, Body, Headers> {
  readonly ok: false;
  readonly status: Status;
  /** The body; undefined where the contract declares none. */
  readonly error: Body;
  /** The declared headers by lower-case name, converted to their types. */
  readonly headers: Headers;
  /** The reply as it came; its body has been read. */
  readonly response: Response;
}

type Call<Operation> =
  Partial<RequestTo<Operation>> extends RequestTo<Operation>
    ? (request?: RequestTo<Operation>) => Promise<ResultFrom<Operation>>
    : (request: RequestTo<Operation>) => Promise<ResultFrom<Operation>>;

type RequestTo<Operation> = Operation extends AnyOperation
  ? Flat<
      Part<'path', NonNullable<Operation['parameters']['path']>> &
        Part<'query', NonNullable<Operation['parameters']['query']>> &
        Part<'headers', NonNullable<Operation['parameters']['header']>> &
        Part<'cookies', NonNullable<Operation['parameters']['cookie']>> &
        Body<Operation> &
        CallOptions
    >
  : never;

/** A part is required if one of its parameters is. */
type Part<Name extends string, Parameters> = [Parameters] extends [never]
  ? { readonly [Key in Name]?: never }
  : Partial<Parameters> extends Parameters
    ? { readonly [Key in Name]?: Absentable<Parameters> | undefined }
    : { readonly [Key in Name]: Absentable<Parameters> };

/** Undefined says the same as an absent parameter, so that a value which may be missing can be given as it is. */
type Absentable<Parameters> = {
  readonly [Name in keyof Parameters]: Partial<Pick<Parameters, Name>> extends Pick<Parameters, Name>
    ? Parameters[Name] | undefined
    : Parameters[Name];
};

type Body<Operation extends AnyOperation> = [NonNullable<Operation['requestBody']>] extends [never]
  ? { readonly body?: never }
  : Operation extends { readonly requestBody: { readonly content: infer Content } }
    ? BodyIn<Content>
    : BodyIn<NonNullable<Operation['requestBody']>['content']> | { readonly body?: undefined };

/** With one media type there is nothing to choose; with several, `contentType` tells which one the body is in. */
type BodyIn<Content> =
  IsUnion<keyof Content> extends true
    ? {
        [MediaType in keyof Content]: { readonly contentType: MediaType; readonly body: Content[MediaType] };
      }[keyof Content]
    : { readonly contentType?: keyof Content | undefined; readonly body: Content[keyof Content] };

type IsUnion<T, Whole = T> = T extends unknown ? ([Whole] extends [T] ? false : true) : never;

type ResultFrom<Operation> = Operation extends AnyOperation
  ? {
      [Key in keyof Operation['responses']]: Reply<CoveredBy<Operation['responses'], Key>, Operation['responses'][Key]>;
    }[keyof Operation['responses']]
  : never;

type Reply<Status extends number, Response> =
  | ([Extract<Status, SuccessStatus>] extends [never]
      ? never
      : Success<Extract<Status, SuccessStatus>, BodyOf<Response>, HeadersOf<Response>>)
  | ([Exclude<Status, SuccessStatus>] extends [never]
      ? never
      : Failure<Exclude<Status, SuccessStatus>, BodyOf<Response>, HeadersOf<Response>>);

type BodyOf<Response> = Response extends { readonly content: infer Content } ? Content[keyof Content] : undefined;

type HeadersOf<Response> = Response extends { readonly headers: infer Headers }
  ? Flat<{ readonly [Name in keyof Headers as string extends Name ? never : Lowercase<Name & string>]: Headers[Name] }>
  : object;

type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9';
type ToNumber<Text extends string> = Text extends `${infer N extends number}` ? N : never;
type StatusIn<First extends string> = ToNumber<`${First}${Digit}${Digit}`>;
type SuccessStatus = StatusIn<'2'>;
type AnyStatus = StatusIn<'2' | '3' | '4' | '5'>;

/**
 * The statuses that a key of `responses` stands for: a code wins over a range, and a range over `default` (OAS 3.1
 * §4.8.16). Where a success is declared, `default` stands for the rest of the failures only.
 */
type CoveredBy<Responses, Key extends keyof Responses> = Key extends number
  ? Key
  : Key extends `${infer First}XX`
    ? Exclude<StatusIn<First>, keyof Responses>
    : Key extends 'default'
      ? Exclude<AnyStatus, keyof Responses | InRanges<keyof Responses> | SuccessIfDeclared<keyof Responses>>
      : never;

type InRanges<Key> = Key extends `${infer First}XX` ? StatusIn<First> : never;

type SuccessIfDeclared<Key> = [Extract<Key, SuccessStatus | '2XX'>] extends [never] ? never : SuccessStatus;

/** Shows an intersection as one object type, in messages and on hover. */
type Flat<T> = T extends infer Shown ? { [Key in keyof Shown]: Shown[Key] } : never;
