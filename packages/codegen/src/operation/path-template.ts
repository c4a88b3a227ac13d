import type { DocumentReader, Member } from '../document/reader.ts';

const segment = /^(?:\{\w+\}|(?!\.\.?$)[A-Za-z0-9._~!$&'+,;=@-]+)$/;

/**
 * Names of the parameters of a path template (OAS 3.1 §4.8.8.2). Refuses what a router reads differently: segments
 * that mix text and parameter, `:` and `*`, empty segments, and names that are not words.
 */
export function templateParameters(reader: DocumentReader, path: Member): readonly string[] {
  if (!path.key.startsWith('/')) reader.refuse(path, `the path ${path.key} does not begin with /; add it`);
  for (const text of path.key === '/' ? [] : path.key.split('/').slice(1)) {
    if (!segment.test(text)) reader.refuse(path, refusedSegment(text));
  }
  const names = [...path.key.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) reader.refuse(path, `the path has the parameter ${twice} twice; give each its own name`);
  return [...new Set(names)];
}

function refusedSegment(text: string): string {
  if (text === '') return 'the path has an empty segment or ends with /; remove the extra /';
  const [, name] = /^\{(.*)\}$/.exec(text) ?? [];
  if (name !== undefined && !/[{}]/.test(name)) {
    return `the path parameter ${name} is not made of letters, digits and _ alone; rename it, for example to ${words(name)}`;
  }
  if (/[{}]/.test(text)) return `the segment ${text} mixes text and parameter; make the parameter a segment of its own`;
  return `the segment ${text} has characters that a router reads differently (such as : * %); use letters, digits and -._~`;
}

function words(name: string): string {
  return name.replace(/\W+(\w?)/g, (_, next: string) => next.toUpperCase()) || 'id';
}

/** Refuses templates that are equal but for the names of their parameters (OAS 3.1 §4.8.8). */
export function refuseAmbiguousPaths(reader: DocumentReader, paths: readonly Member[]): void {
  const seen = new Map<string, string>();
  for (const path of paths) {
    const shape = path.key.replace(/\{[^}]*\}/g, '{}');
    const other = seen.get(shape);
    if (other !== undefined) {
      reader.refuse(path, `the path ${path.key} is ambiguous with ${other}; put their operations under one path`);
    }
    seen.set(shape, path.key);
  }
}
