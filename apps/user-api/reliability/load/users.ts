import { randomUUID } from 'node:crypto';
import { contract } from '@user-api/contract';
import { requestToken } from '../harness/access-token.ts';

/** Somebody whose record is read and changed. */
export interface LoadUser {
  readonly id: string;
  readonly token: string;
}

const scope = 'user:users:read user:users:write';

/** Seconds. A day: longer than any run. */
const LIFETIME = 86_400;

/** Gets a token for each of some new users from an identity provider for development. */
export async function createLoadUsers(issuer: string, count: number): Promise<readonly LoadUser[]> {
  const users: LoadUser[] = [];
  for (let index = 0; index < count; index += 1) {
    const id = randomUUID();
    users.push({ id, token: await requestToken({ issuer, sub: id, scope, ttl: LIFETIME }) });
  }
  return users;
}

/** One request in so many is a change. */
const CHANGE_EVERY = 5;

const JSON_API = 'application/vnd.api+json';

/**
 * Four readings and a change, in turn, each by the next user.
 *
 * @param index number of the request; changes have it in them, so that none is like the one before
 */
export function requestOf(users: readonly LoadUser[], index: number): string {
  const user = users[index % users.length];
  if (user === undefined) throw new TypeError('there are no users');
  return index % CHANGE_EVERY === 0 ? changeOf(user, index) : readingOf(user);
}

export function readingOf(user: LoadUser): string {
  return `GET ${headOf(user)}\r\n`;
}

export function changeOf(user: LoadUser, sequence: number): string {
  const data = { type: 'User', id: user.id, attributes: { firstName: `first ${sequence}` } };
  return withBody(user, JSON.stringify({ data }));
}

/** @param body ASCII */
export function withBody(user: LoadUser, body: string): string {
  return `PATCH ${headOf(user)}Content-Type: ${JSON_API}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

/** Whatever of a request follows the method, without its end. */
export function headOf({ id, token }: LoadUser): string {
  const target = `${contract.basePath}/users/${id}`;
  return `${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: ${JSON_API}\r\nAuthorization: Bearer ${token}\r\n`;
}
