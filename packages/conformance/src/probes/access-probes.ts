import { problem, responseFor } from '@contract-first/core';
import type { Expectation, Probe } from './probe.ts';
import { probe, type Subject, scopesOf, validToken } from './subject.ts';

/** Who may use an operation: tokens, scopes and owners. */
export function* accessProbes(subject: Subject): Iterable<Probe> {
  const { operation } = subject;
  if (operation.security.length === 0) {
    yield probe(subject, 'without a token, as it is public', {}, { status: subject.success });
    return;
  }
  yield probe(subject, 'with the good request', {}, { status: subject.success });
  yield* tokenProbes(subject);
  yield* scopeProbes(subject);
  yield* ownerProbes(subject);
}

function* tokenProbes(subject: Subject): Iterable<Probe> {
  const { tokens } = subject.environment;
  const valid = validToken(subject) ?? '';
  const missing = refusal('missingToken', /^Bearer realm="[^"]*"$/);
  const malformed = refusal('invalidRequest', /error="invalid_request"/);
  const invalid = refusal('invalidToken', /error="invalid_token"/);
  const authorization = (value: string) => ({ headers: [['authorization', value]] as const });
  yield probe(subject, 'A1 without a token', { token: null }, missing);
  yield probe(subject, 'A6 with a token in the query', { token: null, query: `access_token=${valid}` }, missing);
  yield probe(subject, 'A2 with Basic credentials', authorization('Basic dXNlcjpwYXNz'), malformed);
  yield probe(subject, 'A2 with an empty token', authorization('Bearer '), malformed);
  yield probe(
    subject,
    'A6 with two Authorization headers',
    {
      headers: [
        ['authorization', `Bearer ${valid}`],
        ['authorization', `Bearer ${valid}`],
      ],
    },
    malformed,
  );
  yield probe(subject, 'A4 with garbage as token', { token: 'garbage' }, invalid);
  yield probe(subject, 'A4 with the token of a foreign issuer', { token: tokens.foreignIssuer() }, invalid);
  yield probe(subject, 'A3 with the scheme in another case', authorization(`bEARER ${valid}`), {
    status: subject.success,
  });
}

function refusal(name: 'missingToken' | 'invalidRequest' | 'invalidToken', challenge: RegExp): Expectation {
  const { status, code } = problem(name);
  return { status, code, headers: { 'www-authenticate': challenge } };
}

function* scopeProbes(subject: Subject): Iterable<Probe> {
  const { environment, operation } = subject;
  const isScoped = operation.security.every((alternative) => Object.values(alternative).flat().length > 0);
  if (!isScoped) return;
  const { status, code } = problem('insufficientScope');
  const expected = { status, code, headers: { 'www-authenticate': /error="insufficient_scope".*scope="[^"]+"/ } };
  yield probe(subject, 'A5 without scopes', { token: environment.tokens.valid([]) }, expected);
  for (const scope of scopesOf(operation)) {
    const others = scopesOf(operation).filter((other) => other !== scope);
    const token = environment.tokens.valid([...others, scope.toUpperCase(), `${scope}x`]);
    yield probe(subject, `A16 with other scopes than ${scope}`, { token }, expected);
  }
}

function* ownerProbes(subject: Subject): Iterable<Probe> {
  const { environment, operation } = subject;
  if (operation.owner === null) return;
  const { status, code } = problem('notOwner');
  const scopes = scopesOf(operation);
  const { subjectParameter, unlessScope } = operation.owner;
  yield probe(subject, 'D3 by another user', { token: environment.tokens.otherUser(scopes) }, { status, code });
  const unknown = unknownPath(subject);
  if (unknown !== null && Object.hasOwn(unknown, subjectParameter))
    yield probe(subject, 'D3 for an id that nobody has', { path: unknown }, { status, code });
  if (unlessScope === null) return;
  const token = environment.tokens.otherUser([...scopes, unlessScope]);
  yield probe(subject, `D3 by another user with ${unlessScope}`, { token }, { status: subject.success });
}

/** Values of the path parameters that no resource has; null if none can be made. */
export function unknownPath({ environment, operation }: Subject): Readonly<Record<string, string>> | null {
  const given = environment.requests?.[operation.operationId]?.unknownPath;
  if (given !== undefined) return given;
  const parameters = operation.parameters.filter((parameter) => parameter.in === 'path');
  const nobody = '00000000-0000-4000-8000-000000000000';
  const isPossible = parameters.length > 0 && parameters.every(({ validate }) => validate(nobody).length === 0);
  return isPossible ? Object.fromEntries(parameters.map(({ name }) => [name, nobody])) : null;
}

/** 404 for what is not there. */
export function* notFoundProbes(subject: Subject): Iterable<Probe> {
  const { environment, operation } = subject;
  const path = unknownPath(subject);
  if (path === null || responseFor(operation, 404) === null) return;
  const { status, code } = problem('notFound');
  const { owner } = operation;
  if (owner !== null && owner.unlessScope === null) return;
  const scopes = [...scopesOf(operation), ...(owner?.unlessScope ? [owner.unlessScope] : [])];
  const token = operation.security.length === 0 ? null : environment.tokens.otherUser(scopes);
  const body = bodyFor(subject, path);
  yield probe(subject, 'D3 for a resource that is not there', { path, token, ...body }, { status, code });
}

/** The good body with the id of another resource, where the body has one. */
export function bodyFor(subject: Subject, path: Readonly<Record<string, string>>): { body?: unknown } {
  const { body, operation } = subject;
  if (operation.resource === null || body === undefined) return {};
  const id = path[operation.resource.idParameter];
  const copy: unknown = structuredClone(body);
  const data: unknown = typeof copy === 'object' && copy !== null ? Reflect.get(copy, 'data') : undefined;
  if (typeof data === 'object' && data !== null && id !== undefined) Reflect.set(data, 'id', id);
  return { body: copy };
}
