import type { OpenAPI3 } from 'openapi-typescript';
import { type DocumentReader, isObject } from '../document/reader.ts';
import type { Place } from '../document/source.ts';
import { header } from './header.ts';

/**
 * The text of `types.gen.ts`.
 *
 * References to headers and parameters are replaced by their targets, because openapi-typescript takes a referenced
 * header for required, whatever its target says.
 */
export async function typesFile(document: string, reader: DocumentReader): Promise<string> {
  // It loads the TypeScript compiler, which whoever only compiles a document does not need.
  const { astToString, default: openapiTS } = await import('openapi-typescript');
  const inlined: unknown = inline(reader, reader.root);
  // The checks before have refused what is not an OpenAPI 3.1 document.
  const nodes = await openapiTS(inlined as OpenAPI3, {
    alphabetize: true,
    defaultNonNullable: false,
    emptyObjectsUnknown: true,
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    silent: true,
  });
  return `${header(document)}\n${astToString(nodes)}`;
}

function inline(reader: DocumentReader, place: Place): unknown {
  if (Array.isArray(place.value)) return reader.items(place).map((item) => inline(reader, item));
  if (!isObject(place.value)) return place.value;
  const [, section] = /^#\/components\/(headers|parameters)\//.exec(String(place.value['$ref'])) ?? [];
  if (section === 'headers' || section === 'parameters') {
    const target = reader.resolve(place, section);
    return target && inline(reader, target);
  }
  return Object.fromEntries(reader.members(place).map((member) => [member.key, inline(reader, member)]));
}
