import type { DocumentReader } from '../document/reader.ts';
import type { Place } from '../document/source.ts';
import type { ParameterPlan } from '../plan.ts';
import type { SchemaRegistry } from '../schema/registry.ts';
import { valueType } from '../schema/value-type.ts';

const members = [
  'name',
  'in',
  'description',
  'required',
  'deprecated',
  'allowEmptyValue',
  'style',
  'explode',
  'allowReserved',
  'schema',
  'example',
  'examples',
  'content',
];

type Location = ParameterPlan['in'];

/** A declared parameter, before its schema is compiled. */
export interface DeclaredParameter {
  readonly name: string;
  readonly in: Location;
  readonly place: Place;
}

/** Headers that describe the body or the client (OAS 3.1 §4.8.12.2): parameters of these names are ignored. */
const reservedHeaders = ['accept', 'content-type', 'authorization'];

/**
 * The parameters of an operation: those of the Path Item, of which the operation replaces those with an equal name and
 * location (OAS 3.1 §4.8.10).
 */
export function mergedParameters(
  reader: DocumentReader,
  pathItem: Place,
  operation: Place,
): readonly DeclaredParameter[] {
  const shared = declaredParameters(reader, reader.member(pathItem, 'parameters'));
  const own = declaredParameters(reader, reader.member(operation, 'parameters'));
  return [...new Map([...shared, ...own].map((parameter) => [identity(parameter), parameter])).values()];
}

function identity({ name, in: location }: DeclaredParameter): string {
  return `${location} ${location === 'header' ? name.toLowerCase() : name}`;
}

function declaredParameters(reader: DocumentReader, list: Place | undefined): readonly DeclaredParameter[] {
  const found = new Map<string, DeclaredParameter>();
  for (const item of reader.items(list)) {
    const place = reader.resolve(item, 'parameters');
    const parameter = place && declaredParameter(reader, place);
    if (parameter === undefined) continue;
    if (found.has(identity(parameter))) {
      reader.refuse(item, `the ${parameter.in} parameter ${parameter.name} is declared twice; remove one`);
    }
    found.set(identity(parameter), parameter);
  }
  return [...found.values()];
}

function declaredParameter(reader: DocumentReader, place: Place): DeclaredParameter | undefined {
  reader.allowOnly(place, 'parameter', members);
  const name = reader.string(place, 'name');
  const location = reader.string(place, 'in');
  if (name === undefined || name === '') {
    reader.refuse(place, 'the parameter has no name; give it one');
    return undefined;
  }
  if (location === 'path' || location === 'query' || location === 'header') return { name, in: location, place };
  reader.refuse(
    reader.member(place, 'in') ?? place,
    location === 'cookie'
      ? `the parameter ${name} is a cookie, which is not read; send it as a header`
      : `the parameter ${name} must be in path, query or header; correct "in"`,
  );
  return undefined;
}

/** One row of an operation's parameter table. */
export function planParameter(
  reader: DocumentReader,
  registry: SchemaRegistry,
  parameter: DeclaredParameter,
  operationId: string,
): ParameterPlan | undefined {
  const { name, in: location, place } = parameter;
  refuseUndecodable(reader, parameter);
  const schema = reader.member(place, 'schema');
  if (schema === undefined) {
    const content = reader.member(place, 'content');
    reader.refuse(
      content ?? place,
      content === undefined
        ? `the parameter ${name} has no schema; add one`
        : `the parameter ${name} has content, which is not decoded; use schema`,
    );
    return undefined;
  }
  const type = valueType(reader, schema, `the parameter ${name}`);
  if (type === undefined) return undefined;
  const explode = reader.member(place, 'explode') === undefined ? location === 'query' : reader.flag(place, 'explode');
  return {
    name,
    in: location,
    required: reader.flag(place, 'required'),
    ...type,
    explode,
    validate: registry.add({ schema, holder: place, direction: 'request' }, [operationId, location, name]),
  };
}

function refuseUndecodable(reader: DocumentReader, { name, in: location, place }: DeclaredParameter): void {
  const style = location === 'query' ? 'form' : 'simple';
  const given = reader.string(place, 'style') ?? style;
  if (given !== style) {
    reader.refuse(reader.member(place, 'style') ?? place, `the style ${given} of ${name} is not decoded; use ${style}`);
  }
  if (location === 'path' && !reader.flag(place, 'required')) {
    reader.refuse(place, `the path parameter ${name} is not required; set required: true`);
  }
  if (location === 'header' && reservedHeaders.includes(name.toLowerCase())) {
    reader.refuse(place, `OpenAPI ignores a header parameter ${name}; describe it with content or security`);
  }
  const content = reader.member(place, 'content');
  if (content !== undefined && reader.member(place, 'schema') !== undefined) {
    reader.refuse(content, `the parameter ${name} has schema and content; remove content`);
  }
  for (const keyword of ['allowReserved', 'allowEmptyValue']) {
    const at = reader.member(place, keyword);
    if (at !== undefined && at.value !== false) reader.refuse(at, `${keyword} of ${name} is not decoded; remove it`);
  }
}
