/** Names that a module cannot declare: reserved words (ECMA-262 §12.7.2) and what strict modules reserve. */
const reserved = new Set(
  `arguments await break case catch class const continue debugger default delete do else enum eval export extends false
  finally for function if implements import in instanceof interface let new null package private protected public return
  static super switch this throw true try typeof undefined var void while with yield`.split(/\s+/),
);

/**
 * Whether a generated module can declare the name at its top level: it is no word of the language, hides nothing
 * global that the module uses, and the module does not declare it already.
 *
 * @param code the rest of the module
 */
export function canDeclare(name: string, code: string): boolean {
  if (reserved.has(name) || name in globalThis) return false;
  return !new RegExp(
    `\\b(?:var|let|const|function\\*?|class|interface|type)\\s+${escaped(name)}\\b|,\\s*${escaped(name)}\\s*=`,
  ).test(code);
}

function escaped(name: string): string {
  return name.replaceAll('$', '\\$');
}
