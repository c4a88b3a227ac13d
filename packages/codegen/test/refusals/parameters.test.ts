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
    'another place',
    parameter('name: c, in: body, schema: { type: string }'),
    '9:20  the parameter c must be in path, query, header or cookie;',
  ],
  ['neither schema nor content', parameter('name: q, in: query'), '9:9  the parameter q has no schema;'],
  [
    'content in a format that is not read',
    parameter('name: q, in: query, content: { text/csv: { schema: {} } }'),
    '9:42  the media type text/csv of q is not read;',
  ],
  [
    'two media types',
    parameter('name: q, in: query, content: { application/json: { schema: {} }, text/csv: {} }'),
    '9:31  the content of q must have exactly one media type;',
  ],
  [
    'content without a schema',
    parameter('name: q, in: query, content: { application/json: {} }'),
    '9:42  the media type application/json of q has no schema;',
  ],
  [
    'a style beside content',
    parameter('name: q, in: query, style: form, content: { application/json: { schema: {} } }'),
    '9:31  style of q has no meaning beside content;',
  ],
  [
    'an object in an object',
    parameter('name: q, in: query, schema: { type: object, properties: { a: { type: object } } }'),
    '9:74  the member a of the parameter q is nested, for which no style has a form;',
  ],
  [
    'a list in a deepObject',
    parameter(
      'name: q, in: query, style: deepObject, schema: { type: object, properties: { a: { type: array, items: { type: string } } } }',
    ),
    '9:93  the member a of the parameter q is nested, for which no style has a form;',
  ],
  [
    'a list of objects',
    parameter('name: q, in: query, schema: { type: array, items: { type: object } }'),
    '9:41  the parameter q is not plain text;',
  ],
  [
    'a list of lists',
    parameter('name: q, in: query, schema: { type: array, items: { type: array, items: { type: string } } }'),
    '9:41  the parameter q is not plain text;',
  ],
  [
    'a tuple',
    parameter('name: q, in: query, schema: { type: array, prefixItems: [{ type: integer }], items: { type: string } }'),
    '9:54  the parameter q is text, whose types are not looked for in this prefixItems;',
  ],
  [
    'members by pattern',
    parameter(
      'name: q, in: query, explode: false, schema: { type: object, patternProperties: { "^a": { type: integer } } }',
    ),
    '9:71  the parameter q is text, whose types are not looked for in this patternProperties;',
  ],
  [
    'members of a branch',
    parameter(
      'name: q, in: query, schema: { type: object, properties: { a: { type: string } }, anyOf: [{ required: [a] }, { properties: { b: { type: integer } } }] }',
    ),
    '9:121  the parameter q is text, whose types are not looked for in this properties;',
  ],
  ['no type', parameter('name: q, in: query, schema: {}'), '9:31  the parameter q is not plain text;'],
  [
    'a text as deepObject',
    parameter('name: q, in: query, style: deepObject, schema: { type: string }'),
    '9:31  the style deepObject of q has no form for the type primitive; use object as the type',
  ],
  [
    'a deepObject that is not exploded',
    parameter('name: q, in: query, style: deepObject, explode: false, schema: { type: object }'),
    '9:50  the style deepObject of q has no form with explode: false; use explode: true',
  ],
  [
    'a text with blanks as delimiter',
    parameter('name: q, in: query, style: spaceDelimited, schema: { type: string }'),
    '9:31  the style spaceDelimited of q has no form for the type primitive; use array or object',
  ],
  [
    'a list with blanks that is exploded',
    parameter(
      'name: q, in: query, style: spaceDelimited, explode: true, schema: { type: array, items: { type: string } }',
    ),
    '9:54  the style spaceDelimited of q has no form with explode: true; use the style form',
  ],
  [
    'a style of paths in a query',
    parameter('name: q, in: query, style: matrix, schema: { type: string }'),
    '9:31  the style matrix of q is none for a parameter in query; use form, spaceDelimited,',
  ],
  [
    'a style of queries in a path',
    pathParameter('style: form, schema: { type: string } }'),
    '8:52  the style form of thingId is none for a parameter in path; use simple, label, matrix',
  ],
  [
    'a style of queries in a header',
    parameter('name: X-Q, in: header, style: form, schema: { type: string }'),
    '9:34  the style form of X-Q is none for a parameter in header; use simple',
  ],
  [
    'allowReserved in a path',
    pathParameter('allowReserved: true, schema: { type: string } }'),
    '8:52  allowReserved of thingId has a meaning in a query only;',
  ],
  [
    'a member that has the name of another parameter',
    parameter(
      'name: q, in: query, schema: { type: object, properties: { a: { type: string } } } }\n      - { name: a, in: query, schema: { type: string }',
    ),
    '10:9  the name a could belong to q and to a;',
  ],
  [
    'a member of a deepObject that has the name of another parameter',
    parameter(
      'name: q, in: query, style: deepObject, schema: { type: object } }\n      - { name: "q[a]", in: query, schema: { type: string }',
    ),
    '10:9  the name q[a] could belong to q and to q[a];',
  ],
  [
    'two objects that take every name',
    parameter(
      'name: q, in: query, schema: { type: object, additionalProperties: true } }\n      - { name: r, in: query, schema: { type: object, additionalProperties: { type: string } }',
    ),
    '10:9  any other name could belong to q and to r;',
  ],
  [
    'an object without a word about its members, among other names',
    parameter('name: q, in: query, schema: { type: object }'),
    '9:31  the members of the parameter q cannot be told from other names; name them in properties',
  ],
  [
    'a required member that is not declared, among other names',
    parameter('name: q, in: query, schema: { type: object, required: [b], properties: { a: { type: string } } }'),
    '9:66  the member b of the parameter q cannot be told from other names;',
  ],
  [
    'an object that takes every cookie',
    parameter('name: q, in: cookie, schema: { type: object, additionalProperties: true }'),
    '9:9  any cookie could be a member of q;',
  ],
  [
    'a name that no cookie has',
    parameter('name: a b, in: cookie, schema: { type: string }'),
    '9:9  a b is not a cookie name (RFC 6265 §4.1.1);',
  ],
  [
    'a name that no header has',
    parameter('name: X-Ü, in: header, schema: { type: string }'),
    '9:9  the header parameter X-Ü is not a field name (RFC 9110 §5.1);',
  ],
  [
    'cookies as a header',
    parameter('name: Cookie, in: header, schema: { type: string }'),
    '9:9  Cookie has parameters of its own;',
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
