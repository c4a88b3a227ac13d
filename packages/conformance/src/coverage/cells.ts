import { appendPointer, type Operation } from '@contract-first/core';
import { type AnyContract, alternativeName } from '../check/operations.ts';
import { type Node, type OpenApiDocument, operationNode, requestSchema, responseSchema } from '../schema/document.ts';
import { schemaCells } from './schema-cells.ts';

/** Something that a contract promises and that tests have to see at least once. */
export interface Cell {
  /** Stable while the contract says the same, for example `UpdateUser request application/json /data/id`. */
  readonly id: string;
  readonly operationId: string;
  /** Where the document says so: file and line if they are known, otherwise those of the operation. */
  readonly place: string;
  /** What has to be done to cover it. */
  readonly remedy: string;
}

/**
 * Finds where a JSON Pointer leads to in the text of the document, for example `openapi.yaml:42`; null if it is not
 * known.
 */
export type Locate = (pointer: string) => string | null;

/** A cell before its operation is known. */
export interface Draft {
  /** The id without the operation. */
  readonly key: string;
  readonly pointer: string;
  readonly remedy: string;
}

/**
 * Counts what a contract promises: each request media type with each status and response media type, parameters given
 * and left out, response headers, members of bodies, their enumerated values and null, branches, security alternatives.
 */
export function enumerateCells(
  contract: AnyContract,
  document: OpenApiDocument,
  locate: Locate = () => null,
): readonly Cell[] {
  return Object.values(contract.operations).flatMap((operation) => {
    const cells = draftsOf(document, operation).map(({ key, pointer, remedy }) => ({
      id: `${operation.operationId} ${key}`,
      operationId: operation.operationId,
      place: locate(pointer) ?? operation.location,
      remedy,
    }));
    return [...new Map(cells.map((cell) => [cell.id, cell])).values()];
  });
}

function draftsOf(document: OpenApiDocument, operation: Operation): readonly Draft[] {
  const { pointer } = operationNode(document, operation);
  return [
    ...exchangeCells(operation, pointer),
    ...parameterCells(operation, pointer),
    ...headerCells(operation, pointer),
    ...bodyCells(document, operation),
    ...securityCells(operation, pointer),
  ];
}

/** The key of an exchange; `-` stands for no body. */
export function exchangeKey(request: string | null, status: string, response: string | null): string {
  return `exchange ${request ?? '-'} ${status} ${response ?? '-'}`;
}

function exchangeCells({ requestBody, responses }: Operation, pointer: string): readonly Draft[] {
  const sent: readonly (string | null)[] = [
    ...Object.keys(requestBody?.content ?? {}),
    ...(requestBody?.required === true ? [] : [null]),
  ];
  return Object.entries(responses).flatMap(([status, { content }]) => {
    const answered = Object.keys(content);
    return sent.flatMap((request) =>
      (answered.length > 0 ? answered : [null]).map((response) => ({
        key: exchangeKey(request, status, response),
        pointer: appendPointer(`${pointer}/responses`, status),
        remedy: `send a request ${request === null ? 'without a body' : `with ${request}`} that is answered with ${status} ${response === null ? 'without a body' : `and ${response}`}`,
      })),
    );
  });
}

export function parameterKey(place: string, name: string, isGiven: boolean): string {
  return `parameter ${place} ${name} ${isGiven ? 'given' : 'absent'}`;
}

function parameterCells({ parameters }: Operation, pointer: string): readonly Draft[] {
  return parameters.flatMap(({ in: place, name, required }) =>
    (required ? [true] : [true, false]).map((isGiven) => ({
      key: parameterKey(place, name, isGiven),
      pointer,
      remedy: `send a request ${isGiven ? 'with a valid' : 'without the'} ${place} parameter ${name}`,
    })),
  );
}

export function headerKey(status: string, name: string): string {
  return `header ${status} ${name}`;
}

function headerCells({ responses }: Operation, pointer: string): readonly Draft[] {
  return Object.entries(responses).flatMap(([status, { headers }]) =>
    Object.keys(headers).map((name) => ({
      key: headerKey(status, name),
      pointer: appendPointer(`${pointer}/responses`, status),
      remedy: `bring about a ${status} that has the header ${name}`,
    })),
  );
}

/** What stands before the pointer in the keys of a body. */
export function requestPrefix(mediaType: string): string {
  return `request ${mediaType}`;
}

export function responsePrefix(status: string, mediaType: string): string {
  return `response ${status} ${mediaType}`;
}

function bodyCells(document: OpenApiDocument, operation: Operation): readonly Draft[] {
  const requests = Object.keys(operation.requestBody?.content ?? {}).flatMap((mediaType) =>
    cellsOf(
      document,
      requestSchema(document, operation, mediaType),
      requestPrefix(mediaType),
      'send a valid body with',
    ),
  );
  const responses = Object.entries(operation.responses).flatMap(([status, { content }]) =>
    Object.keys(content).flatMap((mediaType) => {
      const node = responseSchema(document, operation, status, mediaType);
      return cellsOf(document, node, responsePrefix(status, mediaType), `bring about a ${status} with`);
    }),
  );
  return [...requests, ...responses];
}

function cellsOf(document: OpenApiDocument, node: Node | null, prefix: string, verb: string): readonly Draft[] {
  if (node === null) return [];
  return schemaCells(document, node).map(({ key, pointer, what }) => ({
    key: `${prefix} ${key}`,
    pointer,
    remedy: `${verb} ${what}`,
  }));
}

export function securityKey(alternative: string): string {
  return `security ${alternative}`;
}

function securityCells({ security }: Operation, pointer: string): readonly Draft[] {
  return security.map((alternative) => ({
    key: securityKey(alternativeName(alternative)),
    pointer: `${pointer}/security`,
    remedy: `send a request that ${alternativeName(alternative)} lets in, with watched authenticators`,
  }));
}
