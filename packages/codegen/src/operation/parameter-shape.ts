import type { ParameterShape, ParameterType } from '@contract-first/core';
import type { DocumentReader } from '../document/reader.ts';
import type { Place } from '../document/source.ts';
import { subschemas } from '../schema/check.ts';
import { valueType } from '../schema/value-type.ts';

/** Keywords of a schema that would give members or items other types than those that are read here. */
const hiding = ['patternProperties', 'prefixItems', 'unevaluatedProperties'];

/** The same of a schema that applies to the same value, such as a branch of allOf. */
const hidingInPlace = [...hiding, '$ref', 'additionalProperties', 'properties'];

/**
 * Reads from a schema what the texts of a parameter are put together to; refuses a schema that does not say it plainly.
 *
 * @param isClosed whether a schema without `additionalProperties` means the declared members alone, because others could
 *   not be told from what belongs to no parameter
 */
export function parameterShape(
  reader: DocumentReader,
  schema: Place,
  what: string,
  isClosed: boolean,
): ParameterShape | undefined {
  const target = reader.resolve(schema, 'schemas');
  if (target === undefined) return undefined;
  const kind = reader.member(target, 'type')?.value;
  if (kind === 'array' || kind === 'object') refuseHidden(reader, target, what, hiding);
  if (kind === 'object') return objectShape(reader, target, what, isClosed);
  const type = valueType(reader, schema, what);
  if (type === undefined) return undefined;
  return type.array ? { kind: 'array', items: type.type } : { kind: 'primitive', type: type.type };
}

function refuseHidden(reader: DocumentReader, schema: Place, what: string, keywords: readonly string[]): void {
  for (const keyword of keywords) {
    const at = reader.member(schema, keyword);
    if (at === undefined || at.value === false) continue;
    const remedy = 'give properties or items one type each in the schema itself, or use content';
    reader.refuse(at, `${what} is text, whose types are not looked for in this ${keyword}; ${remedy}`);
  }
  for (const branch of subschemas(reader, schema)) {
    if (branch.inPlace) refuseHidden(reader, branch, what, hidingInPlace);
  }
}

function objectShape(reader: DocumentReader, schema: Place, what: string, isClosed: boolean): ParameterShape {
  const members = reader.members(reader.member(schema, 'properties'));
  const typed = members.flatMap(({ key, ...place }): [string, ParameterType][] => {
    const type = memberType(reader, place, `the member ${key} of ${what}`);
    return type === undefined ? [] : [[key, type]];
  });
  const additional = additionalType(reader, schema, what, isClosed);
  if (additional === null) refuseUnknowable(reader, schema, what);
  return { kind: 'object', properties: Object.fromEntries(typed), additional };
}

/** Members that could not be told from what belongs to no parameter. Closed schemas are refused for their own sake. */
function refuseUnknowable(reader: DocumentReader, schema: Place, what: string): void {
  if (reader.member(schema, 'additionalProperties') !== undefined) return;
  const properties = reader.member(schema, 'properties');
  const remedy = 'name them in properties, or use deepObject or explode: false';
  if (properties === undefined) {
    reader.refuse(schema, `the members of ${what} cannot be told from other names; ${remedy}`);
    return;
  }
  for (const item of reader.items(reader.member(schema, 'required'))) {
    if (reader.member(properties, String(item.value)) !== undefined) continue;
    reader.refuse(item, `the member ${String(item.value)} of ${what} cannot be told from other names; ${remedy}`);
  }
}

function additionalType(reader: DocumentReader, schema: Place, what: string, isClosed: boolean): ParameterType | null {
  const additional = reader.member(schema, 'additionalProperties');
  if (additional === undefined) return isClosed ? null : 'string';
  if (additional.value === false) return null;
  const says = typeof additional.value === 'object' && additional.value !== null;
  if (!says || Object.keys(additional.value).length === 0) return 'string';
  return memberType(reader, additional, `each other member of ${what}`) ?? null;
}

/** Nothing says how lists and objects within objects are written (OAS 3.1 §4.8.12.3). */
function memberType(reader: DocumentReader, schema: Place, what: string): ParameterType | undefined {
  const target = reader.resolve(schema, 'schemas');
  const type = target && reader.member(target, 'type');
  if (type?.value === 'array' || type?.value === 'object') {
    reader.refuse(type, `${what} is nested, for which no style has a form; use content with application/json`);
    return undefined;
  }
  return valueType(reader, schema, what)?.type;
}
