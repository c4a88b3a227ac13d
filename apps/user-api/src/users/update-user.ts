import { type Handler, type Problem, problem } from '@contract-first/core';
import type { operations, UserUpdateAttributes } from '@user-api/contract';
import type { UserRow, UserStore } from '../storage/user-store.ts';
import { accepts, ifMatchVersions } from './precondition.ts';
import { entityTag, userDocument } from './user-document.ts';

/** Sets the attributes that the document has, in one statement, and returns the new record. */
export function updateUser(users: Pick<UserStore, 'get' | 'patch'>): Handler<operations['UpdateUser']> {
  return async ({ path, headers, body, errors }, reply) => {
    const id = path.userId.toLowerCase();
    const versions = ifMatchVersions(headers['If-Match']);
    const { createdAt, ...attributes } = body.data.attributes ?? {};
    if (createdAt !== undefined) {
      const row = await users.get(id);
      if (row === null) return reply[404](errors(problem('notFound')));
      if (!accepts(versions, row)) return reply[412](errors(stale()));
      if (!isSameInstant(createdAt, row)) return reply[403](errors(readOnly('createdAt')));
    }
    const result = await users.patch(id, attributes, versions);
    if (result.outcome === 'missing') return reply[404](errors(problem('notFound')));
    if (result.outcome === 'stale') return reply[412](errors(stale()));
    return reply[200](userDocument(result.row), { ETag: entityTag(result.row) });
  };
}

/** `createdAt` never changes, so that it can be compared before the statement that makes the change. */
function isSameInstant(given: string, { createdAt }: UserRow): boolean {
  return Date.parse(given) === createdAt.getTime();
}

function stale(): Problem {
  return problem('preconditionFailed', { source: { header: 'If-Match' } });
}

function readOnly(attribute: keyof UserUpdateAttributes): Problem {
  return {
    status: 403,
    code: 'read-only-attribute',
    title: 'Read-only attribute',
    detail: 'The attribute is set by the server and cannot be changed.',
    source: { pointer: `/data/attributes/${attribute}` },
  };
}
