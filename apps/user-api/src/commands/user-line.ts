import { isUtf8 } from 'node:buffer';
import { isJsonObject } from '@contract-first/access-token';
import { JSON_API, placeOf, readJson, type Violation } from '@contract-first/core';
import { contract } from '@user-api/contract';
import type { NewUser, UserRow } from '../storage/user-store.ts';
import { userDocument } from '../users/user-document.ts';

/*
 * A record as a line: the JSON:API resource object of the contract, `{"type":"User","id":…,"attributes":{…}}`.
 */

/** Something that is wrong with a line. */
export interface LineFault {
  /** JSON Pointer (RFC 6901) into the line; absent where it cannot be read at all. */
  readonly pointer?: string;
  readonly detail: string;
}

/** What a line says. */
export type UserLine = { readonly user: NewUser } | { readonly faults: readonly LineFault[] };

const { validate } = contract.operations.GetUser.responses['200'].content[JSON_API];

/** A record with no attribute but those that each record has; the time of creation stands for that of the import. */
const { email: _, ...unset } = userDocument({
  id: '',
  attributes: {},
  version: 1,
  createdAt: new Date(0),
  updatedAt: new Date(0),
}).data.attributes;

/** Writes a record with all of its attributes, and a line feed at the end. */
export function formatUserLine(row: UserRow): string {
  return `${JSON.stringify(userDocument(row).data)}\n`;
}

/** Reads a record. Attributes that the line does not have are not set; the contract demands only the e-mail address. */
export function parseUserLine(bytes: Buffer): UserLine {
  const { value, faults } = readLine(bytes);
  if (faults.length > 0) return { faults };
  const violations = validate({ data: completed(value) });
  if (violations.length > 0) return { faults: violations.map(toFault) };
  // The schema of the contract admits no other value.
  return { user: toUser(value as UserResource) };
}

interface UserResource {
  readonly id: string;
  readonly attributes: Readonly<Record<string, unknown>> & { readonly createdAt?: string };
}

interface LineReading {
  readonly value?: unknown;
  readonly faults: readonly LineFault[];
}

/**
 * The strict reader looks at every character. A text that is as JSON.stringify writes it has no fault that it could
 * find, but for escaped characters, and that is found out three times faster.
 */
function readLine(bytes: Buffer): LineReading {
  const value = isUtf8(bytes) ? readCanonical(bytes.toString()) : undefined;
  if (value !== undefined) return { value, faults: [] };
  const reading = readJson(bytes);
  const faults = reading.faults.map(({ kind, pointer }) => ({
    ...(pointer !== undefined && { pointer }),
    detail: `the line is not acceptable JSON: ${kind}`,
  }));
  return { value: reading.value, faults };
}

function readCanonical(text: string): unknown {
  if (text.includes('\\u')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value) === text ? value : undefined;
  } catch {
    // It is not JSON, or too deep to be written.
    return undefined;
  }
}

function completed(value: unknown): unknown {
  if (!isJsonObject(value) || !isJsonObject(value['attributes'])) return value;
  return { ...value, attributes: { ...unset, ...value['attributes'] } };
}

/** What is null is not set: it is not stored. */
function toUser({ id, attributes }: UserResource): NewUser {
  const stored: Record<string, unknown> = {};
  for (const name in attributes) {
    if (name !== 'createdAt' && attributes[name] !== null) stored[name] = attributes[name];
  }
  const { createdAt } = attributes;
  return {
    id: id.toLowerCase(),
    attributes: stored,
    ...(createdAt !== undefined && { createdAt: new Date(createdAt) }),
  };
}

function toFault(violation: Violation): LineFault {
  return { pointer: placeOf(violation).replace(/^\/data/, ''), detail: violation.message };
}
