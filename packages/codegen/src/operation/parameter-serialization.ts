import {
  type ContentSerialization,
  defaultStyle,
  type ParameterPlace,
  type ParameterStyle,
  parameterStyles,
  type StyleSerialization,
} from '@contract-first/core';
import type { DocumentReader } from '../document/reader.ts';
import type { Place } from '../document/source.ts';
import { parameterShape } from './parameter-shape.ts';

/** How a parameter is written, and where its schema stands. */
export interface PlannedSerialization {
  readonly serialization: StyleSerialization | ContentSerialization;
  readonly schema: Place;
  /** The parameter or the media type, whichever has the schema and perhaps examples. */
  readonly holder: Place;
}

/** A parameter whose serialization is read. */
interface Declared {
  readonly name: string;
  readonly in: ParameterPlace;
  readonly place: Place;
}

/** Reads how a parameter is written; refuses what OpenAPI gives no form for (OAS 3.1 §4.8.12.2, §4.8.12.3). */
export function planSerialization(reader: DocumentReader, parameter: Declared): PlannedSerialization | undefined {
  const { name, place } = parameter;
  const schema = reader.member(place, 'schema');
  const content = reader.member(place, 'content');
  if (schema !== undefined && content !== undefined) {
    reader.refuse(content, `the parameter ${name} has schema and content; remove content`);
    return undefined;
  }
  if (content !== undefined) return planContent(reader, parameter, content);
  if (schema !== undefined) return planStyle(reader, parameter, schema);
  reader.refuse(place, `the parameter ${name} has no schema; add one`);
  return undefined;
}

/** Keywords that say nothing beside `content`. */
const ofSchemas = ['style', 'explode', 'allowReserved', 'example', 'examples'];

function planContent(
  reader: DocumentReader,
  { name, place }: Declared,
  content: Place,
): PlannedSerialization | undefined {
  for (const keyword of ofSchemas) {
    const at = reader.member(place, keyword);
    if (at !== undefined) reader.refuse(at, `${keyword} of ${name} has no meaning beside content; remove it`);
  }
  const [media, ...others] = reader.members(content);
  if (media === undefined || others.length > 0) {
    reader.refuse(content, `the content of ${name} must have exactly one media type; use application/json`);
    return undefined;
  }
  if (media.key.toLowerCase() !== 'application/json') {
    reader.refuse(media, `the media type ${media.key} of ${name} is not read; use application/json, or schema`);
    return undefined;
  }
  reader.allowOnly(media, 'media type', ['schema', 'example', 'examples']);
  const schema = reader.member(media, 'schema');
  if (schema !== undefined) return { serialization: { mediaType: 'application/json' }, schema, holder: media };
  reader.refuse(media, `the media type ${media.key} of ${name} has no schema; add one`);
  return undefined;
}

function planStyle(
  reader: DocumentReader,
  { name, in: location, place }: Declared,
  schema: Place,
): PlannedSerialization | undefined {
  const style = styleOf(reader, place, name, location);
  if (style === undefined) return undefined;
  const explode = explodeOf(reader, place, name, style);
  const isAmongOthers = style === 'form' && explode;
  const shape = parameterShape(reader, schema, `the parameter ${name}`, isAmongOthers);
  if (shape === undefined) return undefined;
  const { kinds } = parameterStyles[style];
  if (!kinds.includes(shape.kind)) {
    const remedy = `use ${kinds.join(' or ')} as the type, or the style ${defaultStyle[location]}`;
    reader.refuse(
      reader.member(place, 'style') ?? place,
      `the style ${style} of ${name} has no form for the type ${shape.kind}; ${remedy}`,
    );
  }
  const allowReserved = reader.flag(place, 'allowReserved');
  if (allowReserved && location !== 'query') {
    const at = reader.member(place, 'allowReserved') ?? place;
    reader.refuse(at, `allowReserved of ${name} has a meaning in a query only; remove it`);
  }
  return { serialization: { style, explode, allowReserved, shape }, schema, holder: place };
}

function styleOf(
  reader: DocumentReader,
  place: Place,
  name: string,
  location: ParameterPlace,
): ParameterStyle | undefined {
  const given = reader.string(place, 'style') ?? defaultStyle[location];
  const allowed = stylesIn(location);
  const style = allowed.find((each) => each === given);
  if (style === undefined) {
    reader.refuse(
      reader.member(place, 'style') ?? place,
      `the style ${given} of ${name} is none for a parameter in ${location}; use ${allowed.join(', ')}`,
    );
  }
  return style;
}

function stylesIn(location: ParameterPlace): readonly ParameterStyle[] {
  // The keys of the table are the styles.
  const all = Object.keys(parameterStyles) as ParameterStyle[];
  return all.filter((style) => parameterStyles[style].places.includes(location));
}

/** What is not given is as the style has it: `form` explodes, others do not unless they have no other form. */
function explodeOf(reader: DocumentReader, place: Place, name: string, style: ParameterStyle): boolean {
  const [usual = false, ...more] = parameterStyles[style].explode;
  const at = reader.member(place, 'explode');
  if (at === undefined) return usual;
  const explode = reader.flag(place, 'explode');
  if (explode === usual || more.includes(explode)) return explode;
  const remedy = explode ? 'use the style form, which says the same, or explode: false' : 'use explode: true';
  reader.refuse(at, `the style ${style} of ${name} has no form with explode: ${explode}; ${remedy}`);
  return usual;
}
