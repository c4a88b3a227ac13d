import { type Operation, problem } from '@contract-first/core';
import { allowedMethods } from '../check/operations.ts';
import type { Probe } from './probe.ts';
import { probe, type Subject } from './subject.ts';

/** Methods that a server may be asked for; PROPFIND stands for those that parsers know, BREW for those they do not. */
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'QUERY', 'PROPFIND', 'BREW'];

/**
 * 405 for each method that a path does not offer, OPTIONS and HEAD for each that it does. They belong to a path, so that
 * they are made of its first operation only.
 */
export function* routingProbes(subject: Subject): Iterable<Probe> {
  const { contract, operation } = subject;
  const siblings = Object.values(contract.operations).filter(({ path }) => path === operation.path);
  if (siblings[0] !== operation) return;
  const allow = allowedMethods(contract, `${contract.basePath}${operation.path}`);
  const { status, code } = problem('methodNotAllowed');
  for (const method of methods.filter((name) => !allow.includes(name))) {
    // A reply to HEAD has no body that could be looked at.
    const expected = method === 'HEAD' ? { status, allow } : { status, code, allow };
    yield probe(subject, `H1 ${method} ${operation.path}`, { method, withoutBody: true }, expected);
  }
  if (!hasOwn(siblings, 'options')) {
    const expected = { status: 200, allow, headers: acceptPatch(siblings) };
    yield probe(
      subject,
      `H2 OPTIONS ${operation.path}`,
      { method: 'OPTIONS', token: null, withoutBody: true },
      expected,
    );
  }
  if (operation.method === 'get' && !hasOwn(siblings, 'head'))
    yield probe(subject, 'H3 with HEAD', { method: 'HEAD' }, { status: subject.success });
}

function hasOwn(siblings: readonly Operation[], method: string): boolean {
  return siblings.some((operation) => operation.method === method);
}

function acceptPatch(siblings: readonly Operation[]): Readonly<Record<string, RegExp>> {
  const patch = siblings.find(({ method }) => method === 'patch');
  const taken = Object.keys(patch?.requestBody?.content ?? {});
  return taken.length === 0 ? {} : { 'accept-patch': new RegExp(`^${RegExp.escape(taken.join(', '))}$`) };
}
