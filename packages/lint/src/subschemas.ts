import type { Context, Location, Reference, Schema } from './redocly.ts';

export interface Subschema {
  readonly schema: Schema;
  readonly location: Location;
  /** The last part of the schema's location: a member's name, or a keyword. */
  readonly name: string;
  /** Whether the schema is part of a combinator whose own schema allows no other members. */
  readonly isClosedByParent: boolean;
}

const single = ['items', 'additionalProperties', 'unevaluatedProperties', 'contains', 'if', 'then', 'else'] as const;
const listed = ['allOf', 'anyOf', 'oneOf', 'prefixItems'] as const;
const named = ['properties', 'patternProperties'] as const;

type Path = readonly (string | number)[];
type Child = readonly [path: Path, schema: Schema | Reference];

/**
 * Walks through a media type's schema and all that it consists of. Redocly's own walk passes a shared schema only once
 * and cannot tell whether a response leads to it.
 *
 * @param seen schemas that are left out, because another walk passed them; grows
 */
export function* subschemas(schema: Schema, context: Context, seen: Set<Schema>): Generator<Subschema> {
  yield* walk(schema, context.location.child(['schema']), false, context, seen);
}

function* walk(
  place: Schema | Reference,
  from: Location,
  isClosedByParent: boolean,
  context: Context,
  seen: Set<Schema>,
): Generator<Subschema> {
  const target = context.resolve<Schema>(place, from.source.absoluteRef);
  const schema = target.node;
  if (schema === undefined || typeof schema !== 'object' || seen.has(schema)) return;
  seen.add(schema);
  const location = '$ref' in place ? (target.location ?? from) : from;
  yield { schema, location, name: lastPart(location), isClosedByParent };
  for (const [path, child] of children(schema)) {
    const isPart = listed.some((keyword) => keyword === path[0]);
    const isClosed = isPart && (isClosedByParent || schema.unevaluatedProperties === false);
    yield* walk(child, location.child(path), isClosed, context, seen);
  }
}

function children(schema: Schema): Child[] {
  return [
    ...single.map((keyword): [Path, unknown] => [[keyword], schema[keyword]]),
    ...[...listed, ...named].flatMap((keyword) =>
      Object.entries(schema[keyword] ?? {}).map(([name, child]): [Path, unknown] => [[keyword, name], child]),
    ),
  ].filter((entry): entry is [Path, Schema | Reference] => typeof entry[1] === 'object' && entry[1] !== null);
}

function lastPart(location: Location): string {
  const part = location.pointer.slice(location.pointer.lastIndexOf('/') + 1);
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}
