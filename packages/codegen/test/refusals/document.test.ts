import { accepted, changed } from '../fixture.ts';
import { refuses } from './refuses.ts';

const schemas = (text: string) => accepted + text;

refuses('document', [
  ['no operations', changed('    put:\n', '    x-put:\n'), '1:1  the document has no operations;'],
  [
    'a member of a later OpenAPI in info',
    changed('title: Things', 'title: Things, $self: a'),
    '2:24  OpenAPI 3.1 has no member $self here (info);',
  ],
  ['OpenAPI 3.0', changed('openapi: 3.1.0', 'openapi: 3.0.3'), '1:1  the document is not OpenAPI 3.1;'],
  ['OpenAPI 3.2', changed('openapi: 3.1.0', 'openapi: 3.2.0'), '1:1  the document is not OpenAPI 3.1;'],
  [
    'another dialect',
    `${accepted}jsonSchemaDialect: http://json-schema.org/draft-07/schema#\n`,
    '29:1  only the dialect of OpenAPI 3.1 is validated;',
  ],
  ['a misspelt member', `${accepted}tag: []\n`, '29:1  OpenAPI 3.1 has no member tag here (document);'],
  ['webhooks', `${accepted}webhooks: { ping: { post: {} } }\n`, '29:1  webhooks are not served;'],
  ['no title', changed('title: Things, ', ''), '2:1  info has no title;'],
  ['a version that is a number', changed('version: 1.0.0', 'version: 1.0'), '2:24  version is not a string;'],
  [
    'servers with different paths',
    changed('servers: [{ url: https://things.example/v1 }]', 'servers: [{ url: https://a.example/v1 }, { url: /v2 }]'),
    '3:42  the servers have different paths;',
  ],
  [
    'a server with variables',
    changed('https://things.example/v1', "'https://{host}/v1'"),
    '3:13  the server URL has variables;',
  ],
  [
    'a server with a query',
    changed('https://things.example/v1', 'https://a.example/v1?a=b'),
    '3:13  the server URL has a query or a fragment;',
  ],
  [
    'a component named like what every object has',
    schemas('    constructor: { type: object }\n'),
    '29:5  the component name constructor is a member of every object of JavaScript;',
  ],
  [
    'a component name that OpenAPI does not allow',
    schemas("    'a b': { type: object }\n"),
    '29:5  OpenAPI 3.1 allows no component name a b;',
  ],
  [
    'a broken reference in an unused component',
    schemas("  responses:\n    Gone: { description: x, headers: { A: { $ref: '#/components/headers/A' } } }\n"),
    '30:45  $ref #/components/headers/A leads nowhere;',
  ],
]);
