import { addJSDocComment, tsPropertyIndex, UNDEFINED } from 'openapi-typescript';
import ts from 'typescript';
import { union } from './union-type.ts';

/** The keywords that say something about an object's members which a type can say. */
export const objectKeywords = [
  ...['additionalProperties', 'dependentSchemas', 'else', 'patternProperties', 'properties', 'required', 'then'],
  'unevaluatedProperties',
];

export interface ObjectMember {
  readonly name: string;
  readonly type: ts.TypeNode;
  readonly isOptional: boolean;
  /** The schema whose annotations become the comment. */
  readonly comment?: unknown;
}

export interface ObjectShape {
  readonly members: readonly ObjectMember[];
  /** What members without a name are, if the schema says it. */
  readonly index?: ts.TypeNode;
  /** Whether there may be no other members. */
  readonly isClosed?: boolean;
}

/** An object type. An index signature takes what the members are too, as TypeScript demands. */
export function objectType({ members, index, isClosed = false }: ObjectShape): ts.TypeNode {
  const signatures: ts.TypeElement[] = members.map(memberSignature);
  if (index !== undefined) signatures.push(indexSignature(wideEnough(index, members)));
  else if (members.length === 0) {
    const kind = isClosed ? ts.SyntaxKind.NeverKeyword : ts.SyntaxKind.UnknownKeyword;
    signatures.push(indexSignature(ts.factory.createKeywordTypeNode(kind)));
  }
  return ts.factory.createTypeLiteralNode(signatures);
}

function memberSignature({ name, type, isOptional, comment }: ObjectMember): ts.PropertySignature {
  const question = isOptional ? ts.factory.createToken(ts.SyntaxKind.QuestionToken) : undefined;
  const signature = ts.factory.createPropertySignature(undefined, tsPropertyIndex(name), question, type);
  // It looks at the type of each annotation itself.
  addJSDocComment(comment as Parameters<typeof addJSDocComment>[0], signature);
  return signature;
}

function wideEnough(index: ts.TypeNode, members: readonly ObjectMember[]): ts.TypeNode {
  const types = [index, ...members.map(({ type }) => type)];
  return union(members.some(({ isOptional }) => isOptional) ? [...types, UNDEFINED] : types);
}

function indexSignature(type: ts.TypeNode): ts.IndexSignatureDeclaration {
  const string = ts.factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword);
  const key = ts.factory.createParameterDeclaration(undefined, undefined, 'key', undefined, string);
  return ts.factory.createIndexSignature(undefined, [key], type);
}
