/**
 * The shape of a contract: what the generator writes and what server, client and tests read.
 *
 * A contract is a value. Nothing here knows a particular API or a framework, so whatever takes a
 * {@link Contract} works with every document that the generator accepts.
 *
 * @see OpenAPI Specification 3.1
 */

/** The HTTP methods that an OpenAPI 3.1 Path Item can describe and that this project serves (OAS 3.1 §4.8.9.1). */
export type Method = 'get' | 'put' | 'post' | 'delete' | 'options' | 'head' | 'patch';

/** One way in which a value departs from its schema. */
export interface Violation {
  /** JSON Pointer (RFC 6901) to the offending place within the validated value; `''` is the value itself. */
  readonly pointer: string;
  /** The schema keyword that refused the value, for example `required`, `maxLength` or `format`. */
  readonly keyword: string;
  /** The keyword's facts, for example `{ missingProperty: 'id' }` or `{ limit: 64 }`. */
  readonly params: Readonly<Record<string, unknown>>;
  /** What the schema demands, without the offending value, so that no personal data gets into replies or logs. */
  readonly message: string;
}

/** Validates a value against one schema of the contract. Returns every violation; an empty list means valid. */
export type Validator = (value: unknown) => readonly Violation[];

/** The type that the text of a parameter or header is converted to before it is validated. */
export type ParameterType = 'string' | 'integer' | 'number' | 'boolean';

/** Where a parameter stands (OAS 3.1 §4.8.12.1). */
export type ParameterPlace = 'path' | 'query' | 'header' | 'cookie';

/** How the value of a parameter is laid out (OAS 3.1 §4.8.12.3). */
export type ParameterStyle = 'simple' | 'label' | 'matrix' | 'form' | 'spaceDelimited' | 'pipeDelimited' | 'deepObject';

/** What the texts of a parameter are put together to. */
export type ParameterShape =
  | { readonly kind: 'primitive'; readonly type: ParameterType }
  | { readonly kind: 'array'; readonly items: ParameterType }
  | {
      readonly kind: 'object';
      readonly properties: Readonly<Record<string, ParameterType>>;
      /** The type of all other members; null where the parameter takes none. */
      readonly additional: ParameterType | null;
    };

/** How a parameter with a `schema` is written. */
export interface StyleSerialization {
  readonly style: ParameterStyle;
  readonly explode: boolean;
  /** Whether reserved characters (RFC 3986 §2.2) stay as they are in the query, where they mean nothing else. */
  readonly allowReserved: boolean;
  readonly shape: ParameterShape;
}

/** How a parameter with `content` is written: as a document of a media type, which is JSON. */
export interface ContentSerialization {
  readonly mediaType: string;
}

/** A parameter (OAS 3.1 §4.8.12). */
export interface Parameter {
  readonly name: string;
  readonly in: ParameterPlace;
  readonly required: boolean;
  readonly serialization: StyleSerialization | ContentSerialization;
  /** Validates the value that was read. */
  readonly validate: Validator;
}

/** The schema of a body in one media type (OAS 3.1 §4.8.14). */
export interface MediaTypeObject {
  readonly validate: Validator;
}

/** The schema of a reply's body in one media type. */
export interface ReplyMediaTypeObject extends MediaTypeObject {
  /**
   * Validates as the receiver does: unknown members pass, because the server may be of a later version with the same
   * major number (JSON:API 1.1, "Ignored members"; Semantic Versioning 2.0.0 §7).
   */
  readonly validateOpen: Validator;
}

/** Bodies by media type. The keys are lower-case, without parameters. */
export interface Content {
  readonly [mediaType: string]: MediaTypeObject;
}

/** Bodies of a reply by media type. The keys are lower-case, without parameters. */
export interface ReplyContent {
  readonly [mediaType: string]: ReplyMediaTypeObject;
}

/** The body that an operation takes (OAS 3.1 §4.8.13). */
export interface RequestBody {
  readonly required: boolean;
  readonly content: Content;
}

/** A response header (OAS 3.1 §4.8.21). */
export interface ResponseHeader {
  readonly required: boolean;
  readonly type: ParameterType;
  readonly validate: Validator;
}

/** A response that an operation may give (OAS 3.1 §4.8.17). An empty {@link content} means: no body. */
export interface Response {
  /** By lower-case header name. */
  readonly headers: Readonly<Record<string, ResponseHeader>>;
  readonly content: ReplyContent;
}

/** One alternative of `security`: every scheme in it must accept, with all of the scopes (OAS 3.1 §4.8.30). */
export type SecurityRequirement = Readonly<Record<string, readonly string[]>>;

/**
 * `x-resource`: the JSON:API resource that the operation's endpoint identifies. A body's `data.type` and `data.id`
 * must be equal to it (JSON:API 1.1, "Updating Resources").
 */
export interface Resource {
  readonly type: string;
  /** Name of the path parameter that is the resource's id. */
  readonly idParameter: string;
}

/** `x-owner`: only the subject named by a path parameter may use the operation, or a token that has a scope for it. */
export interface Owner {
  /** Name of the path parameter that must equal the token's subject, compared in lower case. */
  readonly subjectParameter: string;
  /** The scope that lifts the rule. */
  readonly unlessScope: string | null;
}

/** One row of the operation table. */
export interface Operation {
  readonly operationId: string;
  readonly method: Method;
  /** Path template as the document has it, for example `/users/{userId}`. */
  readonly path: string;
  /** Where the operation stands in the document, for messages: `openapi.yaml:42`. */
  readonly location: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody: RequestBody | null;
  /** By status: `'200'`, a range such as `'4XX'`, or `'default'`. */
  readonly responses: Readonly<Record<string, Response>>;
  /** Alternatives; an empty list means that the operation is public. */
  readonly security: readonly SecurityRequirement[];
  readonly resource: Resource | null;
  readonly owner: Owner | null;
}

/** A security scheme (OAS 3.1 §4.8.27). Only schemes that carry a Bearer token (RFC 6750) can be enforced. */
export interface SecurityScheme {
  readonly type: 'oauth2' | 'openIdConnect' | 'http';
}

/**
 * Operations whose types are not known. It cannot bound a type parameter: the `operations` interface that
 * openapi-typescript writes has no index signature.
 */
export type AnyOperations = { readonly [operationId: string]: AnyOperation };

/** The upper bound of one operation's type in such an interface. */
export interface AnyOperation {
  readonly parameters: {
    readonly query?: unknown;
    readonly header?: unknown;
    readonly path?: unknown;
    readonly cookie?: unknown;
  };
  readonly requestBody?: { readonly content: object } | undefined;
  readonly responses: object;
}

/**
 * A whole contract.
 *
 * @typeParam Operations the `operations` interface that openapi-typescript wrote for the same document
 * @typeParam Schemes the names of the security schemes
 */
export interface Contract<Operations, Schemes extends string = string> {
  readonly title: string;
  /** `info.version` of the document. */
  readonly version: string;
  /** The path that all servers of the document share, for example `/user/2022-1`; `''` when there is none. */
  readonly basePath: string;
  readonly operations: { readonly [OperationId in keyof Operations & string]: Operation };
  readonly securitySchemes: Readonly<Record<Schemes, SecurityScheme>>;
  /** Carries the types; never present at run time. */
  readonly types?: Operations | undefined;
}
