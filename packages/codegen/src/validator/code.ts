import { isObject } from '../document/reader.ts';

// Pieces of JavaScript. Layout is left to the bundler, which prints the module anew.

/** A JSON value as an expression. `__proto__` cannot be a key of a document, so that an object literal is safe. */
export function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, member]) => `${propertyName(name)}: ${literal(member)}`);
  return `{ ${members.join(', ')} }`;
}

function propertyName(name: string): string {
  return isIdentifier(name) ? name : JSON.stringify(name);
}

/** @param object an expression */
export function propertyAccess(object: string, name: string): string {
  return isIdentifier(name) ? `${object}.${name}` : `${object}[${JSON.stringify(name)}]`;
}

function isIdentifier(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name);
}

/** The parts of a template literal's text that are fixed. */
export function templateText(text: string): string {
  return literal(text).slice(1, -1).replaceAll('\\"', '"').replaceAll('`', '\\`').replaceAll('${', '\\${');
}

export function all(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'true' : conditions.join(' && ');
}

export function any(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'false' : conditions.map((condition) => `(${condition})`).join(' || ');
}

export function not(condition: string): string {
  return `!(${condition})`;
}

export function when(condition: string, statements: readonly string[]): string {
  return `if (${condition}) {\n${statements.join('\n')}\n}`;
}
