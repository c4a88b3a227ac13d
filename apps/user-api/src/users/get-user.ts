import { type Handler, problem } from '@contract-first/core';
import type { operations } from '@user-api/contract';
import type { UserStore } from '../storage/user-store.ts';
import { accepts, ifMatchVersions, isUnmodified } from './precondition.ts';
import { entityTag, userDocument } from './user-document.ts';

/** Returns the record, or 304 if the client has it already. */
export function getUser(users: Pick<UserStore, 'get'>): Handler<operations['GetUser']> {
  return async ({ path, headers, errors }, reply) => {
    const row = await users.get(path.userId.toLowerCase());
    if (row === null) return reply[404](errors(problem('notFound')));
    if (!accepts(ifMatchVersions(headers['If-Match']), row)) {
      return reply[412](errors(problem('preconditionFailed', { source: { header: 'If-Match' } })));
    }
    const ETag = entityTag(row);
    return isUnmodified(headers['If-None-Match'], row) ? reply[304]({ ETag }) : reply[200](userDocument(row), { ETag });
  };
}
