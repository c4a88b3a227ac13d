/** RFC 3986 appendix B, which takes every string apart in linear time. */
const components = /^(?:([^:/?#]+):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#([\s\S]*))?$/;
const scheme = /^[a-z][a-z0-9+.-]*$/i;
const authority =
  /^(?:(?:[\w.~!$&'()*+,;=:-]|%[0-9a-f]{2})*@)?(?:\[[0-9a-f:.v]+\]|(?:[\w.~!$&'()*+,;=-]|%[0-9a-f]{2})*)(?::\d*)?$/i;
const characters = /^(?:[\w.~!$&'()*+,;=:@/-]|%[0-9a-f]{2})*$/i;
const queryCharacters = /^(?:[\w.~!$&'()*+,;=:@/?-]|%[0-9a-f]{2})*$/i;

/** `uri-reference`: URI-reference of RFC 3986 §4.1, absolute or relative. */
export function isUriReference(value: string): boolean {
  const [match, schemeName, host = '', path = '', query = '', fragment = ''] = components.exec(value) ?? [];
  if (match === undefined || (schemeName !== undefined && !scheme.test(schemeName))) return false;
  return authority.test(host) && characters.test(path) && queryCharacters.test(query) && queryCharacters.test(fragment);
}
