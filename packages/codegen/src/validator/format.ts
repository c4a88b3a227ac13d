import { formats, numberFormats } from '@contract-first/core';
import { literal } from './code.ts';

/** A call of the format's function, which the module imports; null if the format is about other values. */
export function formatCall(format: string, type: 'string' | 'number'): string | null {
  const known = type === 'string' ? formats : numberFormats;
  return Object.hasOwn(known, format) ? `${formatName(format)}(value)` : null;
}

/** The name that a format's function has in the module. */
export function formatName(format: string): string {
  return `format_${format.replaceAll('-', '_')}`;
}

/** The import statements of formats. Only those in use are bundled: a list of time zones is large. */
export function formatImports(names: readonly string[]): string {
  const ofStrings = names.filter((name) => Object.hasOwn(formats, name));
  const ofNumbers = names.filter((name) => Object.hasOwn(numberFormats, name));
  return [
    ...ofStrings.map(
      (name) => `import { ${literal(name)} as ${formatName(name)} } from '@contract-first/core/formats';`,
    ),
    ...(ofNumbers.length === 0 ? [] : [`import { numberFormats } from '@contract-first/core';`]),
    ...ofNumbers.map((name) => `const ${formatName(name)} = numberFormats.${name};`),
  ].join('\n');
}

/** The functions of the formats by the names that they have in the module. */
export function formatFunctions(): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries({ ...formats, ...numberFormats }).map(([name, check]) => [formatName(name), check]),
  );
}
