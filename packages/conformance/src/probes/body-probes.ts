import { type ProblemName, problem } from '@contract-first/core';
import { isJson } from '../exchange/body.ts';
import { possible } from '../schema/schema.ts';
import { type Finding, findings } from '../schema/schema-validator.ts';
import { type PlaceInBody, placesOf, type Samples, sampleOf, withValue } from './places.ts';
import type { Expectation, Probe } from './probe.ts';
import { probe, type Subject, takesJsonApi } from './subject.ts';
import { type Attempt, attempts } from './violations.ts';

/** Bodies: unreadable ones, one violation at a time, and arbitrary valid values at each place. */
export function* bodyProbes(subject: Subject): Iterable<Probe> {
  const { body, bodySchema, document, mediaType } = subject;
  if (bodySchema === null || mediaType === null || !isJson(mediaType)) return;
  yield* unreadableBodies(subject);
  yield* sizeProbes(subject);
  if (subject.operation.resource !== null && takesJsonApi(subject)) yield* resourceProbes(subject);
  for (const place of placesOf(document, bodySchema, body, samplesOf(subject))) {
    yield* invalidAt(subject, place);
    yield* validAt(subject, place);
  }
}

function samplesOf({ environment: { formats, samples = 10, seed = 1 } }: Subject): Samples {
  return { count: samples, seed, ...(formats && { formats }) };
}

function unprocessable(name: ProblemName, pointer?: string): Expectation {
  const { status, code } = problem(name);
  return { status, code, ...(pointer !== undefined && { source: { pointer } }) };
}

function* unreadableBodies(subject: Subject): Iterable<Probe> {
  const text = JSON.stringify(subject.body);
  const malformed = unprocessable('malformedDocument');
  const depth = Math.min(10_000, Math.floor((subject.environment.bodyLimit ?? 20_000) / 2));
  const deep = '['.repeat(depth) + ']'.repeat(depth);
  const cases: readonly (readonly [string, string | Uint8Array])[] = [
    ['D2 with half a body', text.slice(0, -1)],
    ['D2 with text after the body', `${text}x`],
    [
      'H12 with a byte that is not UTF-8',
      Buffer.concat([Buffer.from('{"x":"'), Buffer.from([0xff]), Buffer.from('"}')]),
    ],
    ['H12 with a byte order mark', `\u{FEFF}${text}`],
    ['H13 with a member twice', `{"twice":1,"twice":2,${text.slice(1)}`],
    ['H14 with a deep body', deep],
  ];
  for (const [title, body] of cases) yield probe(subject, title, { body: Buffer.from(body) }, malformed);
  const invalid = unprocessable('invalidValue');
  yield probe(subject, 'H16 with NUL', { body: Buffer.from(`{"x":"\\u0000",${text.slice(1)}`) }, invalid);
  yield probe(subject, 'H16 with a lone surrogate', { body: Buffer.from(`{"x":"\\ud800",${text.slice(1)}`) }, invalid);
  if (subject.operation.requestBody?.required !== true) return;
  yield probe(subject, 'J7 with an empty body', { body: new Uint8Array() }, unprocessable('missingBody'));
  yield probe(subject, 'J7 without a body', { withoutBody: true }, unprocessable('missingBody'));
}

function* sizeProbes(subject: Subject): Iterable<Probe> {
  const { body, environment } = subject;
  if (environment.bodyLimit === undefined) return;
  const { status, code } = problem('contentTooLarge');
  const largest = Buffer.alloc(environment.bodyLimit, ' ');
  largest.write(JSON.stringify(body));
  yield probe(subject, 'H6 with the largest body', { body: largest }, { status: subject.success });
  yield probe(
    subject,
    'H6 with a body that is too large',
    { body: Buffer.concat([largest, Buffer.from(' ')]) },
    { status, code },
  );
}

/** What `x-resource` demands (JSON:API 1.1, "Updating Resources"). */
function* resourceProbes(subject: Subject): Iterable<Probe> {
  const other = '00000000-0000-4000-8000-000000000000';
  const change = (pointer: string, value: unknown) => ({ body: withValue(subject.body, pointer, value) });
  yield probe(
    subject,
    'D1 with another type',
    change('/data/type', 'Other'),
    unprocessable('typeMismatch', '/data/type'),
  );
  yield probe(subject, 'D1 with another id', change('/data/id', other), unprocessable('idMismatch', '/data/id'));
  const { status, code } = problem('relationshipsNotAllowed');
  if (isTaken(subject, '/data/relationships'))
    yield probe(subject, 'J18 with relationships', change('/data/relationships', {}), { status, code });
  for (const name of ['links', 'meta', 'jsonapi', 'included'])
    if (isTaken(subject, `/${name}`))
      yield probe(subject, `D5 with ${name}`, change(`/${name}`, {}), { status: subject.success });
  yield probe(subject, 'D5 with an @-member', change('/data/attributes/@note', 1), { status: subject.success });
}

/** Whether the schema of the body leaves room for a member of JSON:API that it need not have. */
function isTaken({ document, bodySchema, body }: Subject, pointer: string): boolean {
  return bodySchema !== null && findings(document, bodySchema, withValue(body, pointer, {})).length === 0;
}

function* invalidAt(subject: Subject, place: PlaceInBody): Iterable<Probe> {
  const tried = [...attempts(subject.document, place)].flatMap((attempt) => violationAt(subject, place, attempt) ?? []);
  for (const [title, found] of Map.groupBy(tried, (violation) => violation.title)) {
    const [best] = found.sort((one, other) => one.count - other.count);
    if (best === undefined) continue;
    yield probe(subject, `${place.pointer || 'body'} breaks ${title}`, { body: best.body }, best.expected);
  }
}

interface BodyViolation {
  readonly title: string;
  readonly body: unknown;
  readonly expected: Expectation;
  /** How many keywords are broken. */
  readonly count: number;
}

/** The body with the attempt, if that breaks the keyword and nothing elsewhere; otherwise null. */
function violationAt(subject: Subject, place: PlaceInBody, attempt: Attempt): BodyViolation | null {
  const { bodySchema, document } = subject;
  const { keyword, title, value } = attempt;
  const body = withValue(place.body, place.pointer, value);
  const found = bodySchema === null ? [] : findings(document, bodySchema, body);
  const first = found.find((finding) => finding.keyword === keyword || isChoice(finding.keyword));
  if (first === undefined || found.some(({ pointer }) => pointer !== first.pointer)) return null;
  const expected = unprocessable(codeOf(subject, first), first.pointer);
  return { title, body, expected, count: found.length };
}

/** Where no branch fits, the choice is what is refused. */
function isChoice(keyword: string): boolean {
  return keyword === 'oneOf' || keyword === 'anyOf';
}

function codeOf({ operation }: Subject, { keyword, pointer }: Finding): ProblemName {
  if (keyword === 'required') return 'missingMember';
  if (keyword === 'additionalProperties' || keyword === 'unevaluatedProperties') return 'unknownMember';
  return operation.resource !== null && pointer === '/data/type' && keyword === 'const'
    ? 'typeMismatch'
    : 'invalidValue';
}

function* validAt(subject: Subject, place: PlaceInBody): Iterable<Probe> {
  const { bodySchema, document, environment, operation, success } = subject;
  const fixed = [
    ...(environment.fixed?.[operation.operationId] ?? []),
    ...(operation.resource === null ? [] : ['', '/data', '/data/id', '/data/type']),
  ];
  if (bodySchema === null || fixed.includes(place.pointer)) return;
  const isFree = (value: unknown): boolean => !fixed.some((pointer) => hasPlace(value, place.pointer, pointer));
  const samples = [...boundaries(document, place), ...sampleOf(document, place.node, samplesOf(subject))].filter(
    isFree,
  );
  const bodies = samples.map((value) => withValue(place.body, place.pointer, value));
  const valid = new Set(
    bodies.filter((body) => findings(document, bodySchema, body).length === 0).map((body) => JSON.stringify(body)),
  );
  for (const [index, body] of [...valid].entries())
    yield probe(
      subject,
      `${place.pointer || 'body'} is valid (${index + 1})`,
      { body: Buffer.from(body) },
      { status: success },
    );
}

/** Whether a value at a place has a member at a fixed place below. */
function hasPlace(value: unknown, at: string, fixed: string): boolean {
  if (!fixed.startsWith(`${at}/`)) return false;
  const probeValue = withValue(value, fixed.slice(at.length), undefined);
  return JSON.stringify(probeValue) !== JSON.stringify(value);
}

/** Null, each listed value, and the longest strings, once of characters outside of the Basic Multilingual Plane. */
function boundaries(document: Subject['document'], { node }: PlaceInBody): readonly unknown[] {
  const listed = possible(document, node).flatMap(({ keywords: { enum: values, maxLength } }) => [
    ...(Array.isArray(values) ? values : []),
    ...(typeof maxLength === 'number' ? ['x'.repeat(maxLength), '\u{1F600}'.repeat(maxLength)] : []),
  ]);
  return [null, ...listed];
}
