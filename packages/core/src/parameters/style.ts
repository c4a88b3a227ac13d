import type { ParameterPlace, ParameterShape, ParameterStyle } from '../contract.ts';

type Kind = ParameterShape['kind'];

interface StyleRow {
  readonly places: readonly ParameterPlace[];
  readonly kinds: readonly Kind[];
  /** The values of `explode` for which OpenAPI says what is written. */
  readonly explode: readonly boolean[];
}

const anyKind: readonly Kind[] = ['primitive', 'array', 'object'];

/** Which style may stand where, and for what (OAS 3.1 §4.8.12.3, and the examples of §4.8.12.4). */
export const parameterStyles: Readonly<Record<ParameterStyle, StyleRow>> = {
  simple: { places: ['path', 'header'], kinds: anyKind, explode: [false, true] },
  label: { places: ['path'], kinds: anyKind, explode: [false, true] },
  matrix: { places: ['path'], kinds: anyKind, explode: [false, true] },
  form: { places: ['query', 'cookie'], kinds: anyKind, explode: [true, false] },
  spaceDelimited: { places: ['query'], kinds: ['array', 'object'], explode: [false] },
  pipeDelimited: { places: ['query'], kinds: ['array', 'object'], explode: [false] },
  deepObject: { places: ['query'], kinds: ['object'], explode: [true] },
};

/** The style of a parameter that names none (OAS 3.1 §4.8.12.2). */
export const defaultStyle: Readonly<Record<ParameterPlace, ParameterStyle>> = {
  path: 'simple',
  query: 'form',
  header: 'simple',
  cookie: 'form',
};
