import { type DocumentReader, isObject } from '../document/reader.ts';
import type { Place } from '../document/source.ts';
import { subschemas } from './check.ts';

/** Refuses schemas that come back to themselves without going into the value: validation would not end. */
export function refuseEndlessSchemas(reader: DocumentReader, components: readonly Place[]): void {
  for (const component of components) {
    if (comesBack(reader, component.pointer, component, new Set())) {
      reader.refuse(
        component,
        'the schema applies itself to the same value without end; put a property or an array between',
      );
    }
  }
}

function comesBack(reader: DocumentReader, start: string, place: Place, visited: Set<string>): boolean {
  return sameValueSchemas(reader, place).some((target) => {
    if (target.pointer === start) return true;
    if (visited.has(target.pointer)) return false;
    visited.add(target.pointer);
    return comesBack(reader, start, target, visited);
  });
}

function sameValueSchemas(reader: DocumentReader, place: Place): readonly Place[] {
  if (!isObject(place.value)) return [];
  const target = '$ref' in place.value ? reader.reference(place, 'schemas') : undefined;
  return [...subschemas(reader, place).filter(({ inPlace }) => inPlace), ...(target ? [target] : [])];
}
