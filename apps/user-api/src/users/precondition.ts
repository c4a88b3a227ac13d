import { parseEntityTags } from '@contract-first/core';
import type { UserRow } from '../storage/user-store.ts';

/** The versions of a record that a request accepts: any at all, or those of its entity tags. */
export type AcceptedVersions = 'any' | readonly number[];

/**
 * The versions that If-Match names, compared strongly (RFC 9110 §13.1.1). Tags that this service never made, weak ones
 * and malformed values name none.
 *
 * @returns null without the header
 */
export function ifMatchVersions(header: string | undefined): AcceptedVersions | null {
  if (header === undefined) return null;
  const tags = parseEntityTags(header);
  if (tags === '*') return 'any';
  return (tags ?? []).filter(({ weak }) => !weak).flatMap(({ opaque }) => versionOf(opaque));
}

/** Whether the record is one that If-None-Match names, compared weakly (RFC 9110 §13.1.2). */
export function isUnmodified(header: string | undefined, { version }: UserRow): boolean {
  const tags = header === undefined ? null : parseEntityTags(header);
  if (tags === null) return false;
  return tags === '*' || tags.some(({ opaque }) => versionOf(opaque).includes(version));
}

export function accepts(versions: AcceptedVersions | null, { version }: UserRow): boolean {
  return versions === null || versions === 'any' || versions.includes(version);
}

const LARGEST_VERSION = 2_147_483_647;

function versionOf(opaque: string): readonly number[] {
  const version = /^[1-9][0-9]{0,9}$/.test(opaque) ? Number(opaque) : Number.NaN;
  return version <= LARGEST_VERSION ? [version] : [];
}
