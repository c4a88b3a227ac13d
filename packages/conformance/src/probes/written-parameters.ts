import {
  decodeValue,
  type Operation,
  type Parameter,
  type ParameterPlace,
  parameterWriter,
} from '@contract-first/core';

/** Values by the name of their parameter. A text stands for a primitive of the parameter's type. */
export type ParameterValues = Readonly<Record<string, unknown>>;

/** The texts of a parameter, as the client would write them. @throws UnwritableError if it cannot carry the value */
export function writtenParameter(parameter: Parameter, value: unknown): readonly string[] {
  return parameterWriter(parameter)(typedValue(parameter, value));
}

function typedValue({ serialization }: Parameter, value: unknown): unknown {
  const isText = typeof value === 'string' && 'shape' in serialization && serialization.shape.kind === 'primitive';
  return isText ? decodeValue(serialization.shape.type, value) : value;
}

/** The path of an operation, without the base path. A value that is missing leaves its segment empty. */
export function writtenPath({ path, parameters }: Operation, values: ParameterValues): string {
  const inPath = parameters.filter((parameter) => parameter.in === 'path');
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const parameter = inPath.find((each) => each.name === name);
    const value = values[name];
    return parameter === undefined || value === undefined ? '' : (writtenParameter(parameter, value)[0] ?? '');
  });
}

/** The pairs of a query or of a Cookie header. Names that the operation does not have are written as texts. */
export function writtenPairs(operation: Operation, place: ParameterPlace, values: ParameterValues): readonly string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const parameter = operation.parameters.find((each) => each.in === place && each.name === name);
    if (parameter !== undefined) return writtenParameter(parameter, value);
    return [`${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`];
  });
}
