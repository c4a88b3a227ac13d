import type { SecurityRequirement, SecurityScheme } from '@contract-first/core';
import type { DocumentReader, Member } from '../document/reader.ts';
import type { Place } from '../document/source.ts';

/** A security scheme and the scopes that it declares; null if it leaves them open. */
export interface DeclaredScheme {
  readonly scheme: SecurityScheme;
  readonly scopes: ReadonlySet<string> | null;
}

export type DeclaredSchemes = Readonly<Record<string, DeclaredScheme>>;

/** The types of schemes that are enforced; of `http` the scheme bearer. */
export const securityTypes = ['oauth2', 'openIdConnect', 'http'] as const;

const schemeMembers = ['type', 'description', 'name', 'in', 'scheme', 'bearerFormat', 'flows', 'openIdConnectUrl'];
const flowNames = ['implicit', 'password', 'clientCredentials', 'authorizationCode'];
const refusedTypes: Readonly<Record<string, string>> = {
  apiKey: 'an apiKey',
  mutualTLS: 'mutualTLS',
};

/** The document's security schemes (OAS 3.1 §4.8.27). Only those that carry a Bearer token are enforced. */
export function securitySchemes(reader: DocumentReader): DeclaredSchemes {
  const components = reader.member(reader.root, 'components');
  const declared = reader.members(components && reader.member(components, 'securitySchemes'));
  const schemes = declared.map((member) => [member.key, securityScheme(reader, member)] as const);
  return Object.fromEntries(
    schemes.filter((entry): entry is readonly [string, DeclaredScheme] => entry[1] !== undefined),
  );
}

function securityScheme(reader: DocumentReader, member: Member): DeclaredScheme | undefined {
  const place = reader.resolve(member, 'securitySchemes');
  const type = place && reader.string(place, 'type');
  if (place === undefined) return undefined;
  reader.allowOnly(place, 'security scheme', schemeMembers);
  if (type === 'oauth2') return { scheme: { type }, scopes: declaredScopes(reader, place) };
  if (type === 'openIdConnect') return { scheme: { type }, scopes: null };
  const scheme = type === 'http' ? reader.string(place, 'scheme')?.toLowerCase() : undefined;
  if (type === 'http' && scheme === 'bearer') return { scheme: { type }, scopes: null };
  const what = type === 'http' ? `the http scheme ${scheme}` : (refusedTypes[type ?? ''] ?? `the type ${type}`);
  reader.refuse(place, `${what} is not enforced (${member.key}); use oauth2, openIdConnect or http with scheme bearer`);
  return undefined;
}

function declaredScopes(reader: DocumentReader, scheme: Place): ReadonlySet<string> {
  const declared = reader.member(scheme, 'flows');
  if (declared !== undefined) reader.allowOnly(declared, 'OAuth flows', flowNames);
  const flows = reader.members(declared).filter(({ key }) => !key.startsWith('x-'));
  return new Set(flows.flatMap((flow) => reader.members(reader.member(flow, 'scopes')).map(({ key }) => key)));
}

/** The alternatives of an operation: its own, or else those of the document (OAS 3.1 §4.8.10, §4.8.30). */
export function planSecurity(
  reader: DocumentReader,
  schemes: DeclaredSchemes,
  operation: Place,
): readonly SecurityRequirement[] {
  const security = reader.member(operation, 'security') ?? reader.member(reader.root, 'security');
  if (security === undefined) {
    reader.refuse(operation, 'the operation has no security; add it, or an empty list if the operation is public');
  }
  const alternatives = reader.items(security);
  return alternatives.map((alternative) => requirement(reader, schemes, alternative));
}

function requirement(reader: DocumentReader, schemes: DeclaredSchemes, alternative: Place): SecurityRequirement {
  const members = reader.members(alternative);
  if (members.length === 0) {
    reader.refuse(
      alternative,
      'an empty security requirement makes the others optional; use security: [] for a public operation',
    );
  }
  return Object.fromEntries(members.map((member) => [member.key, requiredScopes(reader, schemes, member)]));
}

function requiredScopes(reader: DocumentReader, schemes: DeclaredSchemes, member: Member): readonly string[] {
  if (!isDeclaredScheme(reader, member.key)) {
    reader.refuse(member, `the security scheme ${member.key} is not declared; add it to components.securitySchemes`);
  }
  const declared = Object.hasOwn(schemes, member.key) ? schemes[member.key] : undefined;
  return reader.items(member).map((item) => {
    const scope = String(item.value);
    if (typeof item.value !== 'string' || !/^[!#-[\]-~]+$/.test(scope)) {
      reader.refuse(item, `the scope ${scope} is not a scope token (RFC 6749 §3.3); correct it`);
    } else if (declared?.scopes && !declared.scopes.has(scope)) {
      reader.refuse(item, `the scope ${scope} is not declared; add it to a flow of the scheme ${member.key}`);
    }
    return scope;
  });
}

function isDeclaredScheme(reader: DocumentReader, name: string): boolean {
  const components = reader.member(reader.root, 'components');
  const schemes = components && reader.member(components, 'securitySchemes');
  return schemes !== undefined && reader.member(schemes, name) !== undefined;
}
