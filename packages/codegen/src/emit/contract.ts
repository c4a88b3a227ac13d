import { type ContractPlan, ValidatorName } from '../plan.ts';
import { header } from './header.ts';

/** The text of `contract.gen.ts`: the operation table. */
export function contractFile(document: string, plan: ContractPlan): string {
  const members = Object.entries(plan).map(([name, value]) => `  ${name}: ${literal(value, '  ')},\n`);
  return `${header(document)}
import type { operations } from './types.gen.ts';
${members.some((member) => member.includes('validators.')) ? "import * as validators from './validators.gen.ts';\n" : ''}
/** Every operation with its parameters, bodies, responses and security, compiled from the document. */
export const contract = {
${members.join('')}  /** Carries the types; never present at run time. */
  types: undefined as operations | undefined,
} as const;
`;
}

function literal(value: unknown, indent: string): string {
  if (value instanceof ValidatorName) return `validators.${value.name}`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Array.isArray(value)
    ? value.map((item: unknown) => literal(item, `${indent}  `))
    : Object.entries(value).map(([name, member]) => `${propertyName(name)}: ${literal(member, `${indent}  `)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  if (members.length === 0) return `${open}${close}`;
  return `${open}\n${members.map((member) => `${indent}  ${member},\n`).join('')}${indent}${close}`;
}

function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}
