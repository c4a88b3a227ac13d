import type { ProblemSource } from '@contract-first/core';

/**
 * A source without the characters that strict readers of JSON refuse, NUL and lone surrogates: a reply must not be one
 * that our own parser would not take. A pointer to a member with such a name leads to its parent instead; a parameter
 * cannot be named at all.
 */
export function quotableSource(source: ProblemSource): ProblemSource | undefined {
  if (Object.values(source).every(isQuotable)) return source;
  if (!('pointer' in source)) return undefined;
  const tokens = source.pointer.split('/');
  return {
    pointer: tokens
      .slice(
        0,
        tokens.findIndex((token) => !isQuotable(token)),
      )
      .join('/'),
  };
}

function isQuotable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
