import { environmentReference } from '@contract-first/service';
import { variables } from './variables.ts';

/** The variables of the environment with what they mean and their defaults, for `--help`. */
export function environmentHelp(): string {
  const reference = environmentReference(variables);
  const width = Math.max(...reference.map(({ name }) => name.length)) + 2;
  const rows = reference.map(
    ({ name, default: value, description }) =>
      `  ${name.padEnd(width)}${description}${value === null ? '' : ` (default: ${value})`}`,
  );
  return ['Environment:', ...rows].join('\n');
}
