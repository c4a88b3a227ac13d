/** The path and the query of a request target, still percent-encoded (RFC 9112 §3.2). */
export interface RequestTarget {
  readonly path: string;
  /** Without the question mark; empty if there is none. */
  readonly query: string;
}

/** Splits a target in origin form or absolute form. */
export function parseRequestTarget(target: string): RequestTarget {
  const origin = target.replace(/^https?:\/\/[^/?#]*/i, '');
  const [beforeFragment = ''] = origin.split('#', 1);
  const at = beforeFragment.indexOf('?');
  if (at < 0) return { path: beforeFragment, query: '' };
  return { path: beforeFragment.slice(0, at), query: beforeFragment.slice(at + 1) };
}
