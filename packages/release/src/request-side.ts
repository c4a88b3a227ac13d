import { documentNodes, entries } from './document-tree.ts';

/**
 * Finds what clients have to send: parameters, bodies of requests, and every component that these refer to.
 *
 * @param document parsed, not dereferenced
 * @returns whether the place of a JSON Pointer is among them
 */
export function requestSide(document: unknown): (pointer: string) => boolean {
  const nodes = [...documentNodes(document)];
  const roots = nodes.filter(({ type }) => type === 'parameter' || type === 'requestBody');
  const byPointer = new Map(nodes.map((node) => [node.pointer, node]));
  const reached = new Set(roots.map(({ pointer }) => pointer));
  // A set that grows while it is iterated hands out what is added, too.
  for (const pointer of reached) {
    for (const reference of references(byPointer.get(pointer)?.value)) reached.add(reference.replace(/^#/, ''));
  }
  return (pointer) => [...reached].some((root) => pointer === root || pointer.startsWith(`${root}/`));
}

function references(value: unknown): string[] {
  return entries(value).flatMap(([name, member]) =>
    name === '$ref' && typeof member === 'string' ? [member] : references(member),
  );
}
