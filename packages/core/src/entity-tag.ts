/** An entity tag (RFC 9110 §8.8.3). */
export interface EntityTag {
  readonly weak: boolean;
  /** What stands between the quotes. */
  readonly opaque: string;
}

const LIST =
  /^(?:[ \t]*(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"[ \t]*|[ \t]*)(?:,(?:[ \t]*(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"[ \t]*|[ \t]*))*$/;
const TAG = /(W\/)?"([^"]*)"/g;

/**
 * Parses the value of If-Match or If-None-Match (RFC 9110 §13.1.1, §13.1.2).
 *
 * @returns `'*'`, the entity tags in their order, or null if the text is malformed or names nothing
 */
export function parseEntityTags(text: string): '*' | readonly EntityTag[] | null {
  if (text.trim() === '*') return '*';
  if (!LIST.test(text)) return null;
  const tags = [...text.matchAll(TAG)].map(([, weak, opaque = '']) => ({ weak: weak !== undefined, opaque }));
  return tags.length > 0 ? tags : null;
}
