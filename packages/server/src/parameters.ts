import {
  type Parameter,
  type ParameterReading,
  type Problem,
  type ProblemSource,
  problem,
  type QueryReading,
} from '@contract-first/core';

/** Values by the name of their parameter in the contract. */
export type Values = Readonly<Record<string, unknown>>;

/** Decoded values, and the faults found on the way. */
export interface Decoded {
  readonly values: Values;
  readonly problems: readonly Problem[];
}

/** Validates what was read of the parameters of one place. */
export function validateParameters(readings: readonly ParameterReading[]): Decoded {
  // Without a prototype, so that a parameter that did not come is undefined, whatever its name.
  const values: Record<string, unknown> = Object.create(null);
  const problems: Problem[] = [];
  for (const reading of readings) {
    if (reading.given) values[reading.parameter.name] = reading.value;
    problems.push(...problemsOf(reading));
  }
  return { values, problems };
}

function problemsOf({ parameter, given, value, fault }: ParameterReading): readonly Problem[] {
  const { in: place, name, required } = parameter;
  const source = sourceOf(parameter);
  if (!given) {
    // The source names the header alone.
    const detail = place === 'cookie' ? { detail: `${name} is required` } : {};
    return required ? [problem('missingParameter', { ...detail, source })] : [];
  }
  const messages = fault === null ? parameter.validate(value).map(({ message }) => message) : [fault];
  return messages.map((message) =>
    problem('invalidParameter', { detail: place === 'cookie' ? `${name} ${message}` : message, source }),
  );
}

/**
 * Validates what was read of the query. A name that the operation does not declare is a fault, and so is a
 * percent-encoding that is not UTF-8.
 */
export function validateQuery({ parameters, unknown, malformed }: QueryReading): Decoded {
  const { values, problems } = validateParameters(parameters);
  return {
    values,
    problems: [
      ...malformed.map((name) =>
        problem('invalidParameter', { detail: 'must be percent-encoded UTF-8', source: { parameter: name } }),
      ),
      ...unknown.map((name) => problem('unknownParameter', { source: { parameter: name } })),
      ...problems,
    ],
  };
}

/** JSON:API knows query parameters and headers as sources (JSON:API 1.1, "Error Objects"). */
function sourceOf({ in: place, name }: Parameter): ProblemSource {
  if (place === 'cookie') return { header: 'Cookie' };
  return place === 'header' ? { header: name } : { parameter: name };
}
