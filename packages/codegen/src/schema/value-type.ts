import type { ParameterType } from '@contract-first/core';
import type { DocumentReader } from '../document/reader.ts';
import type { Place } from '../document/source.ts';

const scalars: readonly unknown[] = ['string', 'integer', 'number', 'boolean'] satisfies ParameterType[];

/** What the text of a parameter or header is converted to. */
export interface ValueType {
  readonly type: ParameterType;
  readonly array: boolean;
}

/** Reads from a schema what the text is converted to; refuses a schema that does not say it plainly. */
export function valueType(reader: DocumentReader, schema: Place, what: string): ValueType | undefined {
  const target = reader.resolve(schema, 'schemas');
  if (target === undefined) return undefined;
  const type = reader.member(target, 'type');
  if (isScalarType(type?.value)) return { type: type.value, array: false };
  const items = type?.value === 'array' ? reader.member(target, 'items') : undefined;
  const item = items && reader.resolve(items, 'schemas');
  const itemType = item && reader.member(item, 'type')?.value;
  if (isScalarType(itemType)) return { type: itemType, array: true };
  reader.refuse(
    type ?? schema,
    `${what} is not plain text; give its schema one type: string, integer, number, boolean, or an array of these`,
  );
  return undefined;
}

function isScalarType(type: unknown): type is ParameterType {
  return scalars.includes(type);
}
