import type { Validator } from '@contract-first/core';
import type { DocumentReader } from '../document/reader.ts';
import type { Place } from '../document/source.ts';

/** An example and what it is called in messages. */
interface Example {
  readonly name: string;
  readonly place: Place;
}

/** Refuses the examples of a parameter, header, media type or schema that its schema refuses. */
export function refuseWrongExamples(reader: DocumentReader, holder: Place, validate: Validator): void {
  for (const { name, place } of examplesOf(reader, holder)) {
    for (const { pointer, message } of validate(place.value)) {
      const where = pointer === '' ? '' : ` at ${pointer}`;
      reader.refuse(
        { pointer: `${place.pointer}${pointer}` },
        `${name} does not validate${where}: ${message}; correct the example or the schema`,
      );
    }
  }
}

export function hasExamples(reader: DocumentReader, holder: Place): boolean {
  return reader.member(holder, 'example') !== undefined || reader.member(holder, 'examples') !== undefined;
}

function examplesOf(reader: DocumentReader, holder: Place): readonly Example[] {
  const example = reader.member(holder, 'example');
  const examples = reader.member(holder, 'examples');
  if (example !== undefined && examples !== undefined) {
    reader.refuse(example, 'example and examples exclude each other (OAS 3.1 §4.8.14.1); move it into examples');
  }
  const single = example === undefined ? [] : [{ name: 'the example', place: example }];
  if (examples === undefined) return single;
  if (Array.isArray(examples.value)) {
    return [...single, ...reader.items(examples).map((place, index) => ({ name: `the example ${index + 1}`, place }))];
  }
  return [...single, ...reader.members(examples).flatMap((member) => namedExample(reader, member.key, member))];
}

/** The value of an Example Object (OAS 3.1 §4.8.19). */
function namedExample(reader: DocumentReader, name: string, member: Place): readonly Example[] {
  const place = reader.resolve(member, 'examples');
  const value = place && reader.member(place, 'value');
  if (value !== undefined) return [{ name: `the example ${name}`, place: value }];
  if (place !== undefined) reader.refuse(member, `the example ${name} has no value; write the value in place`);
  return [];
}
