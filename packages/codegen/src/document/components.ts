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

/** Refuses names that OpenAPI does not allow for a component (OAS 3.1 §4.8.7). */
export function refuseComponentNames(reader: DocumentReader): void {
  const components = reader.member(reader.root, 'components');
  if (components === undefined) return;
  reader.allowOnly(components, 'components object', [...sections, ...otherSections]);
  for (const section of sections) {
    for (const member of reader.members(reader.member(components, section))) {
      // openapi-typescript fails on these.
      if (member.key in Object.prototype)
        reader.refuse(member, `the component name ${member.key} is a member of every object of JavaScript; rename it`);
      else if (!/^[\w.-]+$/.test(member.key))
        reader.refuse(member, `OpenAPI 3.1 allows no component name ${member.key}; use letters, digits and ._-`);
    }
  }
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
