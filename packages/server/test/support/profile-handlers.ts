import { type Handlers, type Problem, parseEntityTags, problem } from '@contract-first/core';
import type { ProfileDocument, ProfileOperations } from './profile-contract.ts';
import type { ProfileRow, ProfileStore, VersionCheck } from './profile-store.ts';

/** The handlers of profiles.yaml, as short as they can be. */
export function profileHandlers(profiles: ProfileStore): Handlers<ProfileOperations> {
  return {
    async GetProfile({ path, headers, errors }, reply) {
      const row = await profiles.get(path.profileId.toLowerCase());
      if (row === null) return reply[404](errors(problem('notFound')));
      if (!ifMatch(headers['If-Match'])(row.version)) return reply[412](errors(stale));
      const ETag = `"${row.version}"`;
      return isUnmodified(headers['If-None-Match'], row.version)
        ? reply[304]({ ETag })
        : reply[200](profileDocument(row), { ETag });
    },
    async UpdateProfile({ path, headers, body, errors }, reply) {
      const id = path.profileId.toLowerCase();
      const { createdAt, ...attributes } = body.data.attributes ?? {};
      const accepts = ifMatch(headers['If-Match']);
      if (createdAt !== undefined) {
        const row = await profiles.get(id);
        if (row === null) return reply[404](errors(problem('notFound')));
        if (!accepts(row.version)) return reply[412](errors(stale));
        if (createdAt !== row.createdAt) return reply[403](errors(readOnly));
      }
      const changed = await profiles.patch(id, attributes, accepts);
      if (changed === 'missing') return reply[404](errors(problem('notFound')));
      if (changed === 'stale') return reply[412](errors(stale));
      return reply[200](profileDocument(changed), { ETag: `"${changed.version}"` });
    },
  };
}

const stale = problem('preconditionFailed', { source: { header: 'If-Match' } });

const readOnly: Problem = {
  status: 403,
  code: 'read-only-attribute',
  title: 'Read-only attribute',
  detail: 'The attribute is set by the server and cannot be changed.',
  source: { pointer: '/data/attributes/createdAt' },
};

/** Compares strongly (RFC 9110 §13.1.1); a malformed value accepts no version. */
function ifMatch(header: string | undefined): VersionCheck {
  if (header === undefined) return () => true;
  const tags = parseEntityTags(header);
  if (tags === '*') return () => true;
  return (version) => (tags ?? []).some(({ weak, opaque }) => !weak && opaque === String(version));
}

/** Compares weakly (RFC 9110 §13.1.2). */
function isUnmodified(header: string | undefined, version: number): boolean {
  const tags = header === undefined ? null : parseEntityTags(header);
  return tags === '*' || (tags ?? []).some(({ opaque }) => opaque === String(version));
}

function profileDocument({ id, attributes, createdAt }: ProfileRow): ProfileDocument {
  const unset = { displayName: null, motto: null, contact: '', mood: null, timeZone: null, place: null };
  // Only validated attributes are stored, and the server validates the reply.
  return { data: { type: 'Profile', id, attributes: { ...unset, ...(attributes as typeof unset), createdAt } } };
}
