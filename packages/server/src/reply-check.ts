import {
  decodeValue,
  type Operation,
  placeOf,
  type Response,
  type ResponseHeader,
  responseFor,
  unknownMember,
} from '@contract-first/core';

/** A reply on its way out. */
export interface OutgoingReply {
  readonly status: number;
  /** By lower-case name: text, or a number or boolean that has not been written yet. */
  readonly headers: Readonly<Record<string, unknown>>;
  /** null without a body. */
  readonly mediaType: string | null;
  readonly body: unknown;
}

/** A reply that breaks the contract. It names places and rules, never values. */
export interface ContractViolation {
  readonly operationId: string;
  readonly status: number;
  /** One line each, for example `body /data/attributes/email: must be string`. */
  readonly faults: readonly string[];
}

/** Compares a reply with the contract. Returns null if it keeps it. */
export function checkReply(operation: Operation, reply: OutgoingReply): ContractViolation | null {
  const response = responseFor(operation, reply.status);
  const faults = response === null ? [`status ${reply.status} is not declared`] : faultsOf(response, reply);
  return faults.length > 0 ? { operationId: operation.operationId, status: reply.status, faults } : null;
}

function faultsOf(response: Response, reply: OutgoingReply): readonly string[] {
  const headerFaults = Object.entries(response.headers).flatMap(([name, header]) =>
    checkHeader(name, header, reply.headers[name]),
  );
  return [...headerFaults, ...checkBody(response, reply)];
}

function checkHeader(name: string, header: ResponseHeader, given: unknown): readonly string[] {
  if (given === undefined) return header.required ? [`header ${name} is missing`] : [];
  const value = typeof given === 'string' ? decodeValue(header.type, given) : given;
  return header.validate(value).map(({ message }) => `header ${name} ${message}`);
}

function checkBody(response: Response, { mediaType, body }: OutgoingReply): readonly string[] {
  const declared = Object.keys(response.content);
  if (mediaType === null) return declared.length > 0 ? ['the body is missing'] : [];
  const schema = response.content[mediaType];
  if (schema === undefined) return [`media type ${mediaType} is not declared`];
  return schema.validate(body).map((violation) => {
    const demand = unknownMember(violation) === null ? violation.message : 'is not in the contract';
    return `body ${placeOf(violation) || '(root)'}: ${demand}`;
  });
}
