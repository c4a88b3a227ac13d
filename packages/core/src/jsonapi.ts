/**
 * A copy of a JSON document without its `@`-members, which JSON:API 1.1 tells a server to ignore ("@-Members").
 *
 * @param document as it was parsed; its depth must be bounded by the parser
 */
export function withoutAtMembers(document: unknown): unknown {
  if (Array.isArray(document)) return document.map(withoutAtMembers);
  if (typeof document !== 'object' || document === null) return document;
  const members = Object.entries(document).filter(([name]) => !name.startsWith('@'));
  // fromEntries defines own properties, so that a member named __proto__ stays a member.
  return Object.fromEntries(members.map(([name, value]) => [name, withoutAtMembers(value)]));
}
