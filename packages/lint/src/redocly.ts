/** The part of Redocly's plugin interface that the rules use. */

/** A place in the document. */
export interface Location {
  /** JSON Pointer (RFC 6901) with a leading `#`. */
  readonly pointer: string;
  readonly source: { readonly absoluteRef: string };
  child(path: readonly (string | number)[]): Location;
  /** The same place, but a report marks the key instead of the value. */
  key(): Location;
}

export interface Reference {
  readonly $ref: string;
}

export interface Context {
  readonly location: Location;
  /** The key under which the parent holds the visited node. */
  readonly key: string | number;
  report(problem: { readonly message: string; readonly location?: Location }): void;
  /**
   * Follows a `$ref`; the node is undefined where it leads nowhere, which Redocly itself reports.
   *
   * @param from the file that the reference stands in
   * @default from is the file of the visited node
   */
  resolve<Node>(
    node: Node | Reference,
    from?: string,
  ): { readonly node: Node | undefined; readonly location?: Location | undefined };
}

/** The members of a Schema Object that the rules read (OAS 3.1 §4.8.24). */
export interface Schema extends Described {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly maxLength?: number;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly patternProperties?: Readonly<Record<string, unknown>>;
  readonly additionalProperties?: boolean | Schema;
  readonly unevaluatedProperties?: boolean | Schema;
  readonly allOf?: readonly unknown[];
  readonly anyOf?: readonly unknown[];
  readonly oneOf?: readonly unknown[];
  readonly prefixItems?: readonly unknown[];
  readonly items?: unknown;
  readonly contains?: unknown;
  readonly if?: unknown;
  readonly then?: unknown;
  readonly else?: unknown;
}

/** OAS 3.1 §4.8.14 */
export interface MediaType {
  readonly schema?: Schema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, unknown>>;
}

export type Content = Readonly<Record<string, MediaType>>;

/** What all objects of the document that people read about have in common. */
export interface Described {
  readonly description?: string;
  readonly $ref?: string;
}

/** OAS 3.1 §4.8.17 */
export interface Response extends Described {
  readonly content?: Content;
}

export type Responses = Readonly<Record<string, Response | Reference>>;

/** OAS 3.1 §4.8.10 */
export interface Operation {
  readonly operationId?: string;
  readonly security?: readonly unknown[];
  readonly requestBody?: unknown;
  readonly responses?: Responses;
}

interface Nodes {
  readonly Operation: Operation;
  readonly Responses: Responses;
  readonly Response: Response;
  readonly MediaTypesMap: Content;
  readonly MediaType: MediaType;
  readonly Schema: Schema;
  readonly Parameter: Described;
  readonly Header: Described;
  readonly RequestBody: Described;
}

/** What is called for each node of a type. A visitor in a visitor sees only what is below the outer node. */
export type Visitor = { readonly [Type in keyof Nodes]?: ((node: Nodes[Type], context: Context) => void) | Visitor };

/**
 * Makes the visitor of one rule.
 *
 * @param options what redocly.yaml says below the rule's name
 */
export type Rule<Options extends object = object> = (options: Options) => Visitor;

/** What Redocly wants from a plugin. A rule runs only if redocly.yaml gives it a severity. */
export interface Plugin {
  readonly id: string;
  readonly rules: { readonly oas3: Readonly<Record<string, Rule>> };
}
