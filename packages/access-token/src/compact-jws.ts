import { InvalidTokenError, parseJson } from '@contract-first/core';
import { isJsonObject, type JsonObject } from './json-object.ts';

/** A JWS in compact serialization, taken apart and not yet verified (RFC 7515 §7.1). */
export interface CompactJws {
  readonly header: JsonObject;
  readonly payload: JsonObject;
}

const MAX_LENGTH = 8192;
const COMPACT_JWS = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

/**
 * Takes a token apart, stricter than the library does: no blanks, no padding, no stray bits behind the last byte
 * (A7), no duplicate members (A18).
 *
 * @throws InvalidTokenError if the token is not a signed JWT of at most 8 KiB
 */
export function parseCompactJws(token: string): CompactJws {
  if (token.length > MAX_LENGTH) throw new InvalidTokenError('the token is too long');
  if (!COMPACT_JWS.test(token)) throw new InvalidTokenError('the token is not three base64url parts');
  const [header = '', payload = '', signature = ''] = token.split('.');
  // Two texts of one signature would be two tokens to whoever compares or revokes them.
  decode(signature);
  return { header: jsonObject(header), payload: jsonObject(payload) };
}

function decode(part: string): Uint8Array {
  const bytes = Buffer.from(part, 'base64url');
  if (bytes.toString('base64url') !== part)
    throw new InvalidTokenError('a part of the token is not canonical base64url');
  return bytes;
}

function jsonObject(part: string): JsonObject {
  const value = json(decode(part));
  if (!isJsonObject(value)) throw new InvalidTokenError('a part of the token is not a JSON object');
  return value;
}

function json(bytes: Uint8Array): unknown {
  try {
    return parseJson(bytes);
  } catch (cause) {
    throw new InvalidTokenError('a part of the token is not strict JSON', { cause });
  }
}
