import { entries, escapePointer, isCollection, isProse, isRecord, memberType, type NodeType } from './document-tree.ts';
import { requestSide } from './request-side.ts';
import type { Impact } from './version.ts';

/** One difference between two documents. */
export interface Change {
  /** JSON Pointer (RFC 6901) to what is there now, or was there before. */
  readonly pointer: string;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly impact: Impact;
}

/**
 * Lists every difference between two documents, whether or not a tool knows what it means. Prose and examples are a
 * patch; what is new, and restricts nothing that was there, is minor; everything else may break somebody and is major.
 * The version itself is not compared.
 */
export function contractChanges(before: unknown, after: unknown): Change[] {
  const isSent = requestSide(after);
  const changes = differences({ before, after, type: 'document', pointer: '', impact: () => 'major' });
  return changes.map((change) =>
    isPromise(change) && !isSent(change.pointer) ? { ...change, impact: 'minor' } : change,
  );
}

/** A member that a schema did not require: asked of those who send, it breaks them; sent to them, it is one thing more. */
function isPromise({ pointer, kind }: Change): boolean {
  return kind === 'added' && /\/schemas?\/.*\/required\/[^/]+$/.test(pointer);
}

/** A place in both documents. */
interface Pair {
  readonly before: unknown;
  readonly after: unknown;
  readonly type: NodeType;
  readonly pointer: string;
  /** What it means if the value as a whole is there, gone, or another one. */
  readonly impact: (kind: Change['kind']) => Impact;
}

function differences(pair: Pair): Change[] {
  const { before, after, pointer, impact } = pair;
  if (pointer === '/info/version') return [];
  if (isScalarList(before) && isScalarList(after)) return setDifferences(pair, before, after);
  const isSameShape = isRecord(before) ? isRecord(after) : Array.isArray(before) && Array.isArray(after);
  if (isSameShape) return memberDifferences(pair);
  return JSON.stringify(before) === JSON.stringify(after)
    ? []
    : [{ pointer, kind: 'changed', impact: impact('changed') }];
}

/** The order of `required`, `enum`, `type` and the like means nothing. */
function setDifferences({ pointer, impact }: Pair, before: readonly unknown[], after: readonly unknown[]): Change[] {
  const missing = (from: readonly unknown[], kind: 'added' | 'removed', other: readonly unknown[]): Change[] =>
    from
      .filter((item) => !other.includes(item))
      .map((item) => ({ pointer: `${pointer}/${escapePointer(String(item))}`, kind, impact: impact(kind) }));
  return [...missing(before, 'removed', after), ...missing(after, 'added', before)];
}

function memberDifferences({ before, after, type, pointer }: Pair): Change[] {
  const [old, now] = [new Map(entries(before)), new Map(entries(after))];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((name) => {
    const child = {
      before: old.get(name),
      after: now.get(name),
      type: Array.isArray(before) && !isCollection(type) ? type : memberType(type, name),
      pointer: `${pointer}/${escapePointer(name)}`,
      impact: (kind: Change['kind']) => impactOf(type, name, kind),
    };
    if (old.has(name) && now.has(name)) return differences(child);
    const kind = now.has(name) ? 'added' : 'removed';
    return [{ pointer: child.pointer, kind, impact: child.impact(kind) }];
  });
}

/** What it means that a member of a node, or an entry of a collection, is there, gone, or another one. */
function impactOf(type: NodeType, name: string, kind: Change['kind']): Impact {
  if (type === 'scopes') return kind === 'changed' ? 'patch' : additionOnly(kind);
  if (isProse(type, name)) return 'patch';
  const isStrict = type === 'schema' || type === 'strictSchemas' || memberType(type, name) === 'strict';
  return isStrict || name === 'required' ? 'major' : additionOnly(kind);
}

function additionOnly(kind: Change['kind']): Impact {
  return kind === 'added' ? 'minor' : 'major';
}

function isScalarList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.every((item) => typeof item !== 'object' || item === null);
}
