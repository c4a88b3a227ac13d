import type { DocumentReader } from '../document/reader.ts';
import type { Place } from '../document/source.ts';
import type { ParameterPlan } from '../plan.ts';
import type { SchemaRegistry } from '../schema/registry.ts';
import { refuseName } from './parameter-names.ts';
import { planSerialization } from './parameter-serialization.ts';

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
  if (location === 'path' || location === 'query' || location === 'header' || location === 'cookie') {
    return { name, in: location, place };
  }
  reader.refuse(
    reader.member(place, 'in') ?? place,
    `the parameter ${name} must be in path, query, header or cookie; correct "in"`,
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
  if (location === 'path' && !reader.flag(place, 'required')) {
    reader.refuse(place, `the path parameter ${name} is not required; set required: true`);
  }
  const emptyValue = reader.member(place, 'allowEmptyValue');
  if (emptyValue !== undefined && emptyValue.value !== false) {
    reader.refuse(emptyValue, `allowEmptyValue of ${name} is not decoded; remove it`);
  }
  const planned = planSerialization(reader, parameter);
  if (planned === undefined) return undefined;
  const { serialization, schema, holder } = planned;
  const plan = {
    name,
    in: location,
    required: reader.flag(place, 'required'),
    serialization,
    validate: registry.add({ schema, holder, direction: 'request' }, [operationId, location, name]),
  };
  refuseName(reader, plan, place);
  return plan;
}
