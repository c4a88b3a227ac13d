import { type DocumentReader, isObject } from './reader.ts';
import type { Place } from './source.ts';

const sections = [
  'schemas',
  'responses',
  'parameters',
  'examples',
  'requestBodies',
  'headers',
  'securitySchemes',
] as const;
const otherSections = ['callbacks', 'links', 'pathItems'];
/** Types of TypeScript that generated types use; an exported type of the same name would hide them. */
const usedTypes = ['record', 'omit', 'withrequired'];

/** Refuses component names that lead to no name of a type, or to the same name twice (OAS 3.1 §4.8.7.2). */
export function refuseComponentNames(reader: DocumentReader): void {
  const components = reader.member(reader.root, 'components');
  if (components === undefined) return;
  reader.allowOnly(components, 'components object', [...sections, ...otherSections]);
  const seen = new Map<string, string>();
  for (const section of sections) {
    for (const member of reader.members(reader.member(components, section))) {
      if (!/^[A-Za-z][\w.-]*$/.test(member.key)) {
        reader.refuse(
          member,
          `the component name ${member.key} is no name of a type; use a letter, then letters, digits and ._-`,
        );
      }
      const type = typeName(section, member.key);
      const other = seen.get(type);
      if (other !== undefined)
        reader.refuse(member, `${section}/${member.key} and ${other} become one type; rename one`);
      if (usedTypes.includes(type))
        reader.refuse(member, `the schema name ${member.key} hides a type of TypeScript; rename it`);
      seen.set(type, `${section}/${member.key}`);
    }
  }
}

/** Without case and punctuation, which openapi-typescript rewrites. Only the types of schemas have no prefix. */
function typeName(section: string, name: string): string {
  const prefix = section === 'schemas' ? '' : section === 'requestBodies' ? 'requestbody' : section.slice(0, -1);
  return `${prefix}${name}`.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
}

/** Refuses references that lead nowhere or out of the document, also in components that are not in use. */
export function refuseBrokenReferences(reader: DocumentReader, place: Place = reader.root): void {
  if (Array.isArray(place.value)) for (const item of reader.items(place)) refuseBrokenReferences(reader, item);
  if (!isObject(place.value)) return;
  const reference = reader.member(place, '$ref');
  // What is not served is refused where paths are compiled.
  const isPathItem = String(reference?.value).startsWith('#/components/pathItems/');
  if (typeof reference?.value === 'string' && !isPathItem) {
    const section = sections.find((name) => String(reference.value).startsWith(`#/components/${name}/`));
    reader.reference(place, section ?? 'schemas');
  }
  for (const member of reader.members(place)) if (!isData(member.key)) refuseBrokenReferences(reader, member);
}

/** Members whose values are data of the API, in which `$ref` means nothing. */
function isData(key: string): boolean {
  return ['const', 'default', 'enum', 'example', 'examples', 'value'].includes(key) || key.startsWith('x-');
}
