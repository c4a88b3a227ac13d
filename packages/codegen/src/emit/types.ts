import type { OpenAPI3 } from 'openapi-typescript';
import type ts from 'typescript';
import { type DocumentReader, isObject } from '../document/reader.ts';
import type { Place } from '../document/source.ts';
import { annotationKeywords } from '../schema/keywords.ts';
import { header } from './header.ts';
import { recursiveAliases, rootAliases } from './root-type.ts';
import type { TypeScope } from './schema-type.ts';

/** What openapi-typescript writes into the comment of a component. */
const commented = [...annotationKeywords, 'const', 'default', 'enum', 'format'];

/** Holds the pointer to the schema that a placeholder stands for. */
const MARK = 'x-schema-pointer';

/**
 * The text of `types.gen.ts`.
 *
 * openapi-typescript writes paths, operations and components. The types of schemas are our own, because its are not
 * what the validators take: it leaves out required names without a property, tuples that are open, and more. So every
 * schema is replaced by a placeholder. References to headers and parameters are replaced by their targets, because it
 * takes a referenced header for required, whatever its target says.
 */
export async function typesFile(document: string, reader: DocumentReader): Promise<string> {
  // They load the TypeScript compiler, which whoever only compiles a document does not need.
  const { astToString, default: openapiTS } = await import('openapi-typescript');
  const { schemaType } = await import('./schema-type.ts');
  const aliases = rootAliases(reader);
  const recursive = recursiveAliases(reader, aliases);
  const scope: TypeScope = {
    resolve: (reference) => schemaAt(reader, reference.slice(1)),
    alias: (reference) => recursive.get(reference.slice(1))?.name,
  };
  const replaced: unknown = replace(reader, reader.root, false);
  // The checks before have refused what is not an OpenAPI 3.1 document.
  const nodes = await openapiTS(replaced as OpenAPI3, {
    alphabetize: true,
    defaultNonNullable: false,
    silent: true,
    transform: (placeholder, { path = '' }) => {
      const pointer: unknown = isObject(placeholder) ? placeholder[MARK] : undefined;
      if (typeof pointer !== 'string') return undefined;
      const hasAlias = path === `#${pointer}` && scope.alias(path) !== undefined;
      return schemaType(scope, hasAlias ? { $ref: path } : schemaAt(reader, pointer));
    },
  });
  const position = nodes.findIndex((node) => astToString(node).startsWith('export interface components'));
  const text = (some: readonly ts.Node[]): string => (some.length === 0 ? '' : astToString([...some]));
  const declared = aliases.map(({ name, pointer, reference }) => {
    const type = recursive.has(pointer) ? astToString(schemaType(scope, schemaAt(reader, pointer))).trim() : reference;
    return `export type ${name} = ${type};\n`;
  });
  return `${header(document)}\n${text(nodes.slice(0, position + 1))}${declared.join('')}${text(nodes.slice(position + 1))}`;
}

function schemaAt(reader: DocumentReader, pointer: string): unknown {
  return reader.at(pointer)?.value;
}

/** Members of OpenAPI objects that hold objects by names that the document chose. */
const maps = [
  ...['callbacks', 'content', 'examples', 'headers', 'links', 'parameters', 'pathItems', 'paths', 'requestBodies'],
  ...['responses', 'schemas', 'securitySchemes', 'webhooks'],
];

/** @param isMap whether the keys of the place are names that the document chose */
function replace(reader: DocumentReader, place: Place, isMap: boolean): unknown {
  if (Array.isArray(place.value)) return reader.items(place).map((item) => replace(reader, item, false));
  if (!isObject(place.value)) return place.value;
  const [, section] = /^#\/components\/(headers|parameters)\//.exec(String(place.value['$ref'])) ?? [];
  if (section === 'headers' || section === 'parameters') {
    const target = reader.resolve(place, section);
    return target && replace(reader, target, false);
  }
  const document = parameterContent(reader, place);
  if (document !== undefined) {
    const others = Object.entries(place.value).filter(([key]) => key !== 'content');
    return { ...Object.fromEntries(others), schema: placeholder(document) };
  }
  const members = reader.members(place).map((member): [string, unknown] => {
    if (!isMap && member.key === 'schema') return [member.key, placeholder(member)];
    if (member.pointer === '/components/schemas') return [member.key, placeholders(reader, member)];
    if (!isMap && ['example', 'examples'].includes(member.key)) return [member.key, member.value];
    return [member.key, replace(reader, member, !isMap && maps.includes(member.key))];
  });
  return Object.fromEntries(members);
}

/** The schema of a parameter with `content`, which openapi-typescript takes for a string. */
function parameterContent(reader: DocumentReader, place: Place): Place | undefined {
  const content = reader.member(place, 'in') && reader.member(place, 'name') && reader.member(place, 'content');
  const [media] = reader.members(content);
  return media && reader.member(media, 'schema');
}

function placeholders(reader: DocumentReader, place: Place): unknown {
  return Object.fromEntries(
    reader.members(place).map((member) => {
      const schema = isObject(member.value) ? member.value : {};
      const comments = Object.entries(schema).filter(([keyword]) => commented.includes(keyword));
      // With the type object it takes the values of an enum for schemas.
      const { type = 'enum' in schema ? undefined : 'object' } = schema;
      const kept = comments.filter(([keyword]) => keyword !== 'enum' || type !== 'object');
      return [member.key, { ...Object.fromEntries(kept), ...(type !== undefined && { type }), [MARK]: member.pointer }];
    }),
  );
}

function placeholder({ pointer, value }: Place): unknown {
  if (isObject(value) && '$ref' in value) return { $ref: value['$ref'] };
  return { type: 'object', [MARK]: pointer };
}
