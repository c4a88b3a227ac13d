import { changed } from '../fixture.ts';
import { refuses } from './refuses.ts';

const parameter = (members: string) =>
  changed(
    'in: path, required: true, schema: { type: string } }',
    `in: path, required: true, schema: { type: string } }\n      - { ${members} }`,
  );
const pathParameter = (members: string) => changed('schema: { type: string } }', members);

refuses('parameters', [
  [
    'schema and content',
    parameter('name: q, in: query, schema: { type: string }, content: {}'),
    '9:57  the parameter q has schema and content;',
  ],
  [
    'a cookie',
    parameter('name: c, in: cookie, schema: { type: string }'),
    '9:20  the parameter c is a cookie, which is not read;',
  ],
  [
    'content',
    parameter('name: q, in: query, content: { application/json: { schema: {} } }'),
    '9:31  the parameter q has content, which is not decoded;',
  ],
  ['an object', parameter('name: q, in: query, schema: { type: object }'), '9:41  the parameter q is not plain text;'],
  [
    'a list of objects',
    parameter('name: q, in: query, schema: { type: array, items: { type: object } }'),
    '9:41  the parameter q is not plain text;',
  ],
  ['no type', parameter('name: q, in: query, schema: {}'), '9:31  the parameter q is not plain text;'],
  [
    'deepObject',
    parameter('name: q, in: query, style: deepObject, schema: { type: string }'),
    '9:31  the style deepObject of q is not decoded;',
  ],
  [
    'spaceDelimited',
    parameter('name: q, in: query, style: spaceDelimited, schema: { type: string }'),
    '9:31  the style spaceDelimited of q is not decoded;',
  ],
  [
    'pipeDelimited',
    parameter('name: q, in: query, style: pipeDelimited, schema: { type: string }'),
    '9:31  the style pipeDelimited of q is not decoded;',
  ],
  [
    'matrix',
    pathParameter('style: matrix, schema: { type: string } }'),
    '8:52  the style matrix of thingId is not decoded;',
  ],
  [
    'label',
    pathParameter('style: label, schema: { type: string } }'),
    '8:52  the style label of thingId is not decoded;',
  ],
  [
    'allowReserved',
    parameter('name: q, in: query, allowReserved: true, schema: { type: string }'),
    '9:31  allowReserved of q is not decoded;',
  ],
  [
    'allowEmptyValue',
    parameter('name: q, in: query, allowEmptyValue: true, schema: { type: string }'),
    '9:31  allowEmptyValue of q is not decoded;',
  ],
  [
    'Accept',
    parameter('name: accept, in: header, schema: { type: string }'),
    '9:9  OpenAPI ignores a header parameter accept;',
  ],
  [
    'Content-Type',
    parameter('name: Content-Type, in: header, schema: { type: string }'),
    '9:9  OpenAPI ignores a header parameter Content-Type;',
  ],
  [
    'Authorization',
    parameter('name: Authorization, in: header, schema: { type: string }'),
    '9:9  OpenAPI ignores a header parameter Authorization;',
  ],
  [
    'a header twice, in another case',
    parameter(
      'name: A, in: header, schema: { type: string } }\n      - { name: a, in: header, schema: { type: string }',
    ),
    '10:9  the header parameter a is declared twice;',
  ],
  [
    'a path parameter that is optional',
    changed('required: true, ', ''),
    '8:9  the path parameter thingId is not required;',
  ],
  [
    'a default',
    parameter('name: q, in: query, schema: { type: integer, default: 1 }'),
    '9:56  no default is filled in;',
  ],
  [
    'an example that is not valid',
    parameter('name: q, in: query, schema: { type: integer }, example: a'),
    '9:58  the example does not validate: must be integer;',
  ],
]);
