import {
  entries,
  escapePointer,
  isCollection,
  isProse,
  isRecord,
  memberType,
  type NodeType,
  unescapePointer,
} from './document-tree.ts';
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
  const changes = differences({ before, after, type: 'document', pointer: '', impact: () => 'major', root: after });
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
  /** The document afterwards, in which references lead somewhere. */
  readonly root: unknown;
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

function memberDifferences({ before, after, type, pointer, root }: Pair): Change[] {
  const [old, now] = [children(before, type), children(after, type)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) => {
    const name = now.get(key)?.name ?? old.get(key)?.name ?? key;
    const child: Pair = {
      before: old.get(key)?.value,
      after: now.get(key)?.value,
      type: Array.isArray(before) && !isCollection(type) ? type : memberType(type, name),
      pointer: `${pointer}/${escapePointer(name)}`,
      impact: (kind) => impactOf(type, name, kind),
      root,
    };
    if (old.has(key) && now.has(key)) return differences(child);
    const kind = now.has(key) ? 'added' : 'removed';
    const impact = kind === 'added' && isDemand(child, Array.isArray(after)) ? 'major' : child.impact(kind);
    return [{ pointer: child.pointer, kind, impact }];
  });
}

interface Child {
  /** The last token of its pointer. */
  readonly name: string;
  readonly value: unknown;
}

/** By what tells them apart: parameters by what they are, wherever in the list they stand (OAS 3.1 §4.8.12). */
function children(parent: unknown, type: NodeType): ReadonlyMap<string, Child> {
  const isList = type === 'parameters' && Array.isArray(parent);
  return new Map(
    entries(parent).map(([name, value]) => [
      isList && isRecord(value) ? String(value['$ref'] ?? `${value['in']} ${value['name']}`) : name,
      { name, value },
    ]),
  );
}

/** Whether an operation that was there asks for one thing more of those who send: a parameter, or a body. */
function isDemand({ after, type, root }: Pair, isListed: boolean): boolean {
  if (type === 'parameters' && Array.isArray(after)) return after.some((each) => isRequired(root, each));
  const isAsked = type === 'requestBody' || (type === 'parameter' && isListed);
  return isAsked && isRequired(root, after);
}

function isRequired(root: unknown, value: unknown): boolean {
  return isRecord(value) && resolved(root, value)['required'] === true;
}

function resolved(root: unknown, value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const reference = value['$ref'];
  if (typeof reference !== 'string') return value;
  const tokens = reference.replace(/^#\//, '').split('/').map(unescapePointer);
  const target = tokens.reduce<unknown>((node, token) => (isRecord(node) ? node[token] : undefined), root);
  // What leads nowhere is refused by the generator; until then it may ask for anything.
  return isRecord(target) ? target : { required: true };
}

/** What it means that a member of a node, or an entry of a collection, is there, gone, or another one. */
function impactOf(type: NodeType, name: string, kind: Change['kind']): Impact {
  if (type === 'scopes') return kind === 'changed' ? 'patch' : additionOnly(kind);
  if (isProse(type, name)) return 'patch';
  const isStrict = type === 'schema' || type === 'strictSchemas' || memberType(type, name) === 'strict';
  // What a reference stands beside is no longer read (OAS 3.1 §4.8.23).
  return isStrict || name === 'required' || name === '$ref' ? 'major' : additionOnly(kind);
}

function additionOnly(kind: Change['kind']): Impact {
  return kind === 'added' ? 'minor' : 'major';
}

function isScalarList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.every((item) => typeof item !== 'object' || item === null);
}
