import {
  defaultStyle,
  type Operation,
  type Parameter,
  type ParameterPlace,
  parameterWriter,
  UnwritableError,
} from '@contract-first/core';
import { type Fault, fault, faultsFrom } from './fault.ts';

/** Values by the name of their parameter. */
type Values = Readonly<Record<string, unknown>>;

/** The parts of a call that hold parameters. */
export interface ParameterValues {
  readonly path?: Values | undefined;
  readonly query?: Values | undefined;
  readonly headers?: Values | undefined;
  /** Sent as a Cookie header, which browsers do not let pages set: there they are refused. */
  readonly cookies?: Values | undefined;
}

/** Parameters as they are sent. */
export interface WrittenParameters {
  /** The operation's path with its parameters. */
  readonly path: string;
  /** Without `?`; empty if there is none. */
  readonly query: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly faults: readonly Fault[];
}

/** @param validate whether the schemas of the contract are applied; what cannot be sent is refused in any case */
export type WriteParameters = (values: ParameterValues, validate: boolean) => WrittenParameters;

const places: readonly ParameterPlace[] = ['path', 'query', 'header', 'cookie'];

function valuesOf({ path, query, headers, cookies }: ParameterValues, place: ParameterPlace): Values {
  return { path, query, header: headers, cookie: cookies }[place] ?? {};
}

/** Makes what writes the parameters of an operation (OAS 3.1 §4.8.12). */
export function parametersWriter({ path, parameters }: Operation): WriteParameters {
  const declared = parameters.map(boundTo);
  const segments = path.split('/');
  return (values, validate) => {
    const given = [
      ...declared.map((bound) => ({ bound, value: givenTo(values, bound.parameter) })),
      ...(validate ? [] : undeclared(parameters, values)),
    ];
    const written = given.map(({ bound, value }) => ({ bound, ...attempt(bound, value, validate) }));
    const textsOf = (place: ParameterPlace): readonly string[] =>
      written.filter(({ bound }) => bound.parameter.in === place).flatMap(({ texts }) => texts);
    const inPath = new Map(
      written
        .filter(({ bound }) => bound.parameter.in === 'path')
        .map(({ bound, texts }) => [`{${bound.parameter.name}}`, texts[0] ?? '']),
    );
    const cookie = textsOf('cookie').join('; ');
    return {
      path: segments.map((segment) => inPath.get(segment) ?? segment).join('/'),
      query: textsOf('query').join('&'),
      headers: [
        ...written
          .filter(({ bound }) => bound.parameter.in === 'header')
          .flatMap(({ bound, texts }) => texts.map((text) => [bound.parameter.name, text] as const)),
        ...(cookie === '' ? [] : [['Cookie', cookie] as const]),
      ],
      faults: [...unknownNames(parameters, values, validate), ...written.flatMap(({ faults }) => faults)],
    };
  };
}

/** A parameter and what writes it. */
interface Bound {
  readonly parameter: Parameter;
  readonly write: (value: unknown) => readonly string[];
}

function boundTo(parameter: Parameter): Bound {
  if (parameter.in === 'cookie' && !canSendCookies()) return { parameter, write: refuseCookie };
  return { parameter, write: parameterWriter(parameter) };
}

/** Browsers drop the header from what a page sends (Fetch Standard, "forbidden request-header"), without a word. */
function canSendCookies(): boolean {
  return new Request('http://localhost/', { headers: { Cookie: 'a=b' } }).headers.has('Cookie');
}

function refuseCookie(): never {
  throw new UnwritableError('not', 'must not be given in a browser, which does not let pages send cookies');
}

/** Header names are case-insensitive (RFC 9110 §5.1). */
function isNamed(parameter: Parameter, name: string): boolean {
  return parameter.in === 'header' ? parameter.name.toLowerCase() === name.toLowerCase() : parameter.name === name;
}

function givenTo(values: ParameterValues, parameter: Parameter): unknown {
  const given = Object.entries(valuesOf(values, parameter.in));
  return given.find(([name, value]) => value !== undefined && isNamed(parameter, name))?.[1];
}

interface Attempt {
  readonly texts: readonly string[];
  readonly faults: readonly Fault[];
}

function attempt({ parameter, write }: Bound, value: unknown, validate: boolean): Attempt {
  const { in: place, name, required } = parameter;
  if (value === undefined) {
    const isMissing = place === 'path' || (required && validate);
    return { texts: [], faults: isMissing ? [fault(place, name, 'required', 'is required')] : [] };
  }
  try {
    const texts = write(value);
    return { texts, faults: validate ? faultsFrom(place, name, parameter.validate(asSent(value))) : [] };
  } catch (error) {
    if (!(error instanceof UnwritableError)) throw error;
    return { texts: [], faults: [fault(place, name, error.keyword, error.message)] };
  }
}

/** What is sent is checked, not what was given: a member that is undefined is left out. */
function asSent(value: unknown): unknown {
  return typeof value === 'object' ? JSON.parse(JSON.stringify(value)) : value;
}

/** What no parameter takes, and, by the case of its letters, what one takes twice. */
function unknownNames(parameters: readonly Parameter[], values: ParameterValues, validate: boolean): readonly Fault[] {
  return places.flatMap((place) => {
    const names = Object.entries(valuesOf(values, place)).flatMap(([name, value]) => (value === undefined ? [] : name));
    const own = parameters.filter((parameter) => parameter.in === place);
    const unknown = names.filter((name) => !own.some((parameter) => isNamed(parameter, name)));
    const twice = own.filter((parameter) => names.filter((name) => isNamed(parameter, name)).length > 1);
    return [
      ...(validate || place === 'path' ? unknown.map((name) => fault(place, name, 'unknown', 'does not exist')) : []),
      ...twice.map(({ name }) => fault(place, name, 'unknown', 'is given twice')),
    ];
  });
}

/** Without validation, parameters are sent that the contract does not have: as texts, in the default style. */
function undeclared(
  parameters: readonly Parameter[],
  values: ParameterValues,
): readonly { readonly bound: Bound; readonly value: unknown }[] {
  return (['query', 'header', 'cookie'] as const).flatMap((place) =>
    Object.entries(valuesOf(values, place))
      .filter(
        ([name, value]) => value !== undefined && !parameters.some((each) => each.in === place && isNamed(each, name)),
      )
      .map(([name, value]) => ({
        bound: boundTo(textParameter(place, name, Array.isArray(value))),
        value: asTexts(value),
      })),
  );
}

function textParameter(place: ParameterPlace, name: string, isList: boolean): Parameter {
  return {
    name,
    in: place,
    required: false,
    serialization: {
      style: defaultStyle[place],
      explode: place === 'query',
      allowReserved: false,
      shape: isList ? { kind: 'array', items: 'string' } : { kind: 'primitive', type: 'string' },
    },
    validate: () => [],
  };
}

function asTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asTexts);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}
