import type { Replacement } from './replacement.ts';

const json = 'packages/core/src/json.ts';
const accept = 'packages/core/src/accept.ts';
const mediaType = 'packages/core/src/media-type.ts';
const problems = 'packages/core/src/problems.ts';

/** A problem of the catalogue that is told with another status. */
function status(name: string, find: string, other: string): Replacement {
  const replace = find.replace(/\d{3}/, other);
  return { name, kind: 'status-changed', file: problems, find, replace, change: `${name} is told with ${other}` };
}

/** What the protocol asks for: strict JSON, negotiation, statuses, limits. */
export const protocolReplacements: readonly Replacement[] = [
  {
    name: 'utf-8',
    kind: 'json-check-off',
    file: json,
    find: "new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })",
    replace: "new TextDecoder('utf-8', { ignoreBOM: true })",
    change: 'bytes that are not UTF-8 are replaced',
  },
  {
    name: 'byte-order-mark',
    kind: 'json-check-off',
    file: json,
    find: 'ignoreBOM: true',
    replace: 'ignoreBOM: false',
    change: 'a byte order mark is skipped',
  },
  {
    name: 'depth',
    kind: 'json-check-off',
    file: json,
    find: 'maxDepth = 16',
    replace: 'maxDepth = 17',
    change: 'documents may be 17 deep',
  },
  {
    name: 'duplicates',
    kind: 'json-check-off',
    file: json,
    find: 'frame.names?.has(name)',
    replace: 'frame.names?.has(`${name} `)',
    change: 'duplicate members are not found',
  },
  {
    name: 'nul',
    kind: 'json-check-off',
    file: json,
    find: "value.includes('\\0') || ",
    replace: '',
    change: 'NUL is let through',
  },
  {
    name: 'surrogates',
    kind: 'json-check-off',
    file: json,
    find: ' || !value.isWellFormed()',
    replace: '',
    change: 'lone surrogates are let through',
  },
  {
    name: 'at-members',
    kind: 'json-check-off',
    file: 'packages/core/src/jsonapi.ts',
    find: "!name.startsWith('@')",
    replace: "!name.startsWith('@@')",
    change: '@-members are kept',
  },
  {
    name: 'foreign-parameters',
    kind: 'negotiation-changed',
    file: accept,
    find: '  if (clean.length === 0 && exact.length > 0 && mediaType === JSON_API) return 0;\n',
    replace: '',
    change: 'entries with foreign parameters are passed over',
  },
  {
    name: 'most-specific',
    kind: 'negotiation-changed',
    file: accept,
    find: "[clean, matching(ranges, anySubtype), matching(ranges, '*/*')].find(",
    replace: "[matching(ranges, '*/*'), matching(ranges, anySubtype), clean].find(",
    change: 'the least specific range wins',
  },
  {
    name: 'weight',
    kind: 'negotiation-changed',
    file: accept,
    find: 'weight: Number(weights[0] ?? 1)',
    replace: 'weight: 1',
    change: 'weights do not count',
  },
  {
    name: 'ext',
    kind: 'negotiation-changed',
    file: mediaType,
    find: "parameters.every(([name]) => name === 'profile')",
    replace: "parameters.every(([name]) => name === 'profile' || name === 'ext')",
    change: 'any extension is taken for supported',
  },
  {
    name: 'charset',
    kind: 'negotiation-changed',
    file: mediaType,
    find: "parameters.every(([name]) => name === 'profile')",
    replace: "parameters.every(([name]) => name === 'profile' || name === 'charset')",
    change: 'a charset is let through',
  },
  {
    name: 'case',
    kind: 'negotiation-changed',
    file: mediaType,
    find: 'essence: essence.toLowerCase()',
    replace: 'essence',
    change: 'media types are compared with their case',
  },
  status('missingToken', 'missingToken: [401', '403'),
  status('notOwner', 'notOwner: [403', '404'),
  status('notFound', 'notFound: [404', '410'),
  status('notAcceptable', 'notAcceptable: [\n    406', '415'),
  status('preconditionFailed', 'preconditionFailed: [\n    412', '409'),
  status('contentTooLarge', 'contentTooLarge: [413', '422'),
  status('unsupportedMediaType', 'unsupportedMediaType: [\n    415', '422'),
  status('malformedDocument', 'malformedDocument: [422', '400'),
  status('typeMismatch', 'typeMismatch: [422', '409'),
  status('tooManyRequests', 'tooManyRequests: [429', '503'),
  status('serviceUnavailable', 'serviceUnavailable: [\n    503', '501'),
  {
    name: 'target',
    kind: 'limit-changed',
    file: 'packages/server/src/http-message.ts',
    find: 'MAX_TARGET = 8192',
    replace: 'MAX_TARGET = 8193',
    change: 'request targets may be one byte longer',
  },
  {
    name: 'body',
    kind: 'limit-changed',
    file: 'packages/server/src/server.ts',
    find: 'options.bodyLimit, 65_536)',
    replace: 'options.bodyLimit, 65_537)',
    change: 'bodies may be one byte longer',
  },
  {
    name: 'headers',
    kind: 'limit-changed',
    file: 'packages/server/src/server.ts',
    find: 'options.headerLimit, 16_384)',
    replace: 'options.headerLimit, 32_768)',
    change: 'header sections may be twice as long',
  },
];
