import type { Parameter, ParameterShape, ParameterStyle } from '@contract-first/core';

export const text: ParameterShape = { kind: 'primitive', type: 'string' };
export const list: ParameterShape = { kind: 'array', items: 'string' };
export const colour: ParameterShape = {
  kind: 'object',
  properties: { R: 'integer', G: 'integer', B: 'integer' },
  additional: null,
};

/** A parameter called `color`, whose schema takes everything. */
export function styled(
  place: Parameter['in'],
  style: ParameterStyle,
  explode: boolean,
  shape: ParameterShape,
  more: { readonly name?: string; readonly allowReserved?: boolean } = {},
): Parameter {
  const { name = 'color', allowReserved = false } = more;
  return {
    name,
    in: place,
    required: false,
    serialization: { style, explode, allowReserved, shape },
    validate: () => [],
  };
}

/** A parameter called `color` with JSON as its content. */
export function document(place: Parameter['in']): Parameter {
  return {
    name: 'color',
    in: place,
    required: false,
    serialization: { mediaType: 'application/json' },
    validate: () => [],
  };
}
