import { JSON_API, problem } from '@contract-first/core';
import type { Expectation, Probe } from './probe.ts';
import { type Change, probe, type Subject, takesJsonApi } from './subject.ts';

/** Accept and Content-Type: which are taken, and which are refused. */
export function* negotiationProbes(subject: Subject): Iterable<Probe> {
  yield* acceptProbes(subject);
  if (subject.mediaType !== null) yield* contentTypeProbes(subject, subject.mediaType);
}

type Case = readonly [title: string, value: string | null];

function* acceptProbes(subject: Subject): Iterable<Probe> {
  const types = Object.keys(subject.operation.responses[String(subject.success)]?.content ?? {});
  const [offered] = types;
  if (offered === undefined) return;
  const { status, code } = problem('notAcceptable');
  const refused: Expectation = { status, code, source: { header: 'Accept' } };
  const isJsonApi = offered === JSON_API;
  const change = (value: string | null): Change => ({ headers: [['accept', value]] });
  for (const [title, value] of [...accepted(offered), ...(isJsonApi ? acceptedByJsonApi : [])])
    yield probe(subject, title, change(value), { status: subject.success });
  for (const [title, value] of [...refusedAccept(types), ...(isJsonApi ? refusedByJsonApi : [])])
    yield probe(subject, title, change(value), refused);
}

function accepted(offered: string): readonly Case[] {
  const [type = ''] = offered.split('/');
  return [
    ['J8 without Accept', null],
    ['J8 with Accept */*', '*/*'],
    [`J8 with Accept ${type}/*`, `${type}/*`],
    [`J8 with Accept ${offered}`, offered],
    ['J8 with Accept in upper case', offered.toUpperCase()],
    ['J11 with a weight in Accept', `${offered};q=0.5`],
    ['J11 with a weight of 0 for the others in Accept', `*/*;q=0, ${offered}`],
  ];
}

const acceptedByJsonApi: readonly Case[] = [
  ['J9 with one clean entry in Accept', `${JSON_API}; charset=utf-8, ${JSON_API}`],
  ['J10 with a profile in Accept', `${JSON_API}; profile="https://example.com/profile"`],
];

/** @param types every media type that is offered */
function refusedAccept(types: readonly string[]): readonly Case[] {
  const none = types.map((type) => `${type};q=0`).join(', ');
  return [
    ['J8 with a foreign type in Accept', 'text/x-foreign'],
    ['J11 with a weight of 0 in Accept', none],
    ['J11 with a weight of 0 beside */* in Accept', `*/*, ${none}`],
    ['J12 with an empty Accept', ''],
    ['J12 with a malformed Accept', 'application'],
  ];
}

const refusedByJsonApi: readonly Case[] = [
  ['J9 with a charset in Accept', `${JSON_API}; charset=utf-8`],
  ['J9 with a charset in Accept beside */*', `${JSON_API}; charset=utf-8, */*`],
  ['J10 with an unknown ext in Accept', `${JSON_API}; ext="https://example.com/ext"`],
];

function* contentTypeProbes(subject: Subject, mediaType: string): Iterable<Probe> {
  const refused = refusedContentType(subject, mediaType);
  const isJsonApi = takesJsonApi(subject);
  const change = (value: string | null): Change => ({ headers: [['content-type', value]] });
  yield probe(subject, 'J1 with Content-Type in upper case', change(mediaType.toUpperCase()), {
    status: subject.success,
  });
  for (const [title, value] of [...foreignTypes(mediaType), ...(isJsonApi ? foreignParameters : [])])
    yield probe(subject, title, change(value), refused);
  const twice: Change = {
    headers: [
      ['content-type', mediaType],
      ['content-type', mediaType],
    ],
  };
  yield probe(subject, 'J5 with two Content-Type headers', twice, refused);
  const encoded: Change = { headers: [['content-encoding', 'gzip']] };
  const encoding = { status: 415, code: problem('unsupportedEncoding').code, source: { header: 'Content-Encoding' } };
  yield probe(subject, 'H9 with a Content-Encoding', encoded, encoding);
  if (isJsonApi)
    yield probe(subject, 'J3 with a profile', change(`${mediaType}; profile="https://example.com/profile"`), {
      status: subject.success,
    });
}

function refusedContentType({ operation }: Subject, mediaType: string): Expectation {
  const { status, code } = problem('unsupportedMediaType');
  const headers = operation.method === 'patch' ? { 'accept-patch': new RegExp(RegExp.escape(mediaType)) } : {};
  return { status, code, source: { header: 'Content-Type' }, headers };
}

function foreignTypes(mediaType: string): readonly Case[] {
  return [
    ['J4 without Content-Type', null],
    ['J4 with a foreign Content-Type', 'text/x-foreign'],
    ['J6 with a malformed parameter of Content-Type', `${mediaType}; charset`],
    ['J6 with a malformed Content-Type', 'application'],
  ];
}

const foreignParameters: readonly Case[] = [
  ['J2 with a charset', `${JSON_API}; charset=utf-8`],
  ['J2 with an unknown parameter', `${JSON_API}; version=1`],
  ['J3 with an unknown ext', `${JSON_API}; ext="https://example.com/ext"`],
];
