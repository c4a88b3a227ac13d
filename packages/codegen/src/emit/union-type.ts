import { NEVER } from 'openapi-typescript';
import ts from 'typescript';

export const UNKNOWN: ts.TypeNode = ts.factory.createKeywordTypeNode(ts.SyntaxKind.UnknownKeyword);

/** A union, in which `unknown` takes all and each keyword stands once. */
export function union(types: readonly ts.TypeNode[]): ts.TypeNode {
  if (types.some(({ kind }) => kind === ts.SyntaxKind.UnknownKeyword)) return UNKNOWN;
  const seen = new Set<ts.SyntaxKind>();
  const different = types.filter((type) => {
    const kind = ts.isLiteralTypeNode(type) ? type.literal.kind : type.kind;
    if (seen.has(kind)) return false;
    if (isKeyword(kind)) seen.add(kind);
    return true;
  });
  const [first, ...rest] = different;
  if (first === undefined) return NEVER;
  return rest.length === 0 ? first : ts.factory.createUnionTypeNode(different);
}

function isKeyword(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstKeyword && kind <= ts.SyntaxKind.LastKeyword;
}
