import { type Parameter, type ParameterType, problem, responseFor } from '@contract-first/core';
import { typed } from '../check/parameters.ts';
import { childNode, parameterNode } from '../schema/document.ts';
import { findings } from '../schema/schema-validator.ts';
import { sampleOf } from './places.ts';
import type { Expectation, Probe } from './probe.ts';
import { type Change, probe, type Subject } from './subject.ts';
import { attempts } from './violations.ts';
import { writtenPairs } from './written-parameters.ts';

/** Longer values do not fit beside the rest into a header section, and are the server's business (414, 431). */
const LONGEST = 4_000;

/** Parameters: missing, unknown, and one violation at a time. */
export function* parameterProbes(subject: Subject): Iterable<Probe> {
  const { operation } = subject;
  if (responseFor(operation, 422) !== null) yield* unknownQuery(subject);
  for (const parameter of operation.parameters) {
    if (parameter.required && parameter.in !== 'path') yield* missing(subject, parameter);
    const { serialization } = parameter;
    if ('shape' in serialization && serialization.shape.kind === 'primitive') {
      yield* invalid(subject, parameter, serialization.shape.type);
    }
  }
}

function* unknownQuery(subject: Subject): Iterable<Probe> {
  const declared = subject.operation.parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
  const { status, code } = problem('unknownParameter');
  const good = writtenPairs(subject.operation, 'query', subject.query).join('&');
  const names = ['include', 'sort', 'notInTheContract', 'constructor'].filter((name) => !declared.includes(name));
  for (const name of names) {
    const query = [...(good === '' ? [] : [good]), `${name}=x`].join('&');
    yield probe(
      subject,
      `D7 with the query parameter ${name}`,
      { query },
      { status, code, source: { parameter: name } },
    );
  }
}

function* missing(subject: Subject, parameter: Parameter): Iterable<Probe> {
  const { status, code } = problem('missingParameter');
  const expected = { status, code, source: sourceOf(parameter) };
  yield probe(
    subject,
    `without the ${parameter.in} parameter ${parameter.name}`,
    valueChange(subject, parameter, null),
    expected,
  );
}

function* invalid(subject: Subject, parameter: Parameter, type: ParameterType): Iterable<Probe> {
  const { document, environment } = subject;
  const holder = parameterNode(document, subject.operation, parameter.in, parameter.name);
  const node = holder && childNode(holder, 'schema');
  if (node === null) return;
  const [value] = sampleOf(document, node, { count: 1, seed: environment.seed ?? 1, ...environment });
  const done = new Set<string>();
  for (const attempt of attempts(document, { pointer: '', node, body: value, value })) {
    const text = String(attempt.value);
    const broken = findings(document, node, typed(type, text)).map(({ keyword }) => keyword);
    if (done.has(attempt.keyword) || !isSendable(parameter, text) || !broken.includes(attempt.keyword)) continue;
    done.add(attempt.keyword);
    const title = `${ruleOf(subject, parameter)}the ${parameter.in} parameter ${parameter.name} breaks ${attempt.keyword}`;
    yield probe(subject, title, valueChange(subject, parameter, text), expectationOf(subject, parameter));
  }
}

/** A path that its schema refuses names no resource, where the operation has a 404. */
function expectationOf({ operation }: Subject, parameter: Parameter): Expectation {
  if (parameter.in === 'path' && responseFor(operation, 404) !== null) {
    const { status, code } = problem('notFound');
    return { status, code };
  }
  const { status, code } = problem('invalidParameter');
  return { status, code, source: sourceOf(parameter) };
}

function ruleOf({ operation }: Subject, parameter: Parameter): string {
  return parameter.in === 'path' && responseFor(operation, 404) !== null ? 'H5 ' : '';
}

function sourceOf({ in: place, name }: Parameter): { readonly parameter: string } | { readonly header: string } {
  if (place === 'cookie') return { header: 'Cookie' };
  return place === 'header' ? { header: name } : { parameter: name };
}

/** Header fields lose blanks at their ends and hold no line ends (RFC 9110 §5.5); an empty path segment is another path. */
function isSendable(parameter: Parameter, text: string): boolean {
  if (text.length > LONGEST) return false;
  if (parameter.in === 'header') return /^[!-~](?:[ -~]*[!-~])?$/.test(text);
  return parameter.in !== 'path' || !['', '.', '..'].includes(text);
}

function valueChange(
  { operation, query, cookies }: Subject,
  { in: place, name }: Parameter,
  value: string | null,
): Change {
  if (place === 'header') return { headers: [[name, value]] };
  if (place === 'path') return { path: { [name]: value ?? undefined } };
  const given = Object.entries(place === 'query' ? query : cookies).filter(([other]) => other !== name);
  const changed = Object.fromEntries(value === null ? given : [...given, [name, value]]);
  const pairs = writtenPairs(operation, place, changed);
  return place === 'query' ? { query: pairs.join('&') } : { headers: [['cookie', pairs.join('; ') || null]] };
}
