import { changed } from '../fixture.ts';
import { refuses } from './refuses.ts';

const response = (members: string) =>
  changed('          description: Done.\n', `          description: Done.\n          ${members}\n`);

refuses('responses', [
  ['a status that is none', changed("'200'", "'600'"), '16:9  the status 600 is none;'],
  ['a range in lower case', changed("'200'", '2xx'), '16:9  the status 2xx is none;'],
  ['an interim status', changed("'200'", "'100'"), '16:9  the status 100 is none;'],
  ['a 204 with a body', changed("'200'", "'204'"), '18:11  a 204 has no body (RFC 9110 §6.4.1);'],
  [
    'Content-Type',
    response('headers: { Content-Type: { schema: { type: string } } }'),
    '18:22  OpenAPI ignores the header Content-Type;',
  ],
  [
    'a header with content',
    response('headers: { A: { content: { application/json: { schema: {} } } } }'),
    '18:27  the header A has no schema;',
  ],
  [
    'a header that is a list',
    response('headers: { A: { schema: { type: array, items: { type: string } } } }'),
    '18:27  the header A is a list, which is not validated;',
  ],
  [
    'a header that is an object',
    response('headers: { A: { schema: { type: object } } }'),
    '18:37  the header A is not plain text;',
  ],
  [
    'a header twice, in another case',
    response('headers: { A: { schema: { type: string } }, a: { schema: { type: string } } }'),
    '18:55  the header a is there twice;',
  ],
  [
    'an example that is not valid',
    changed('components:\n', '              example: { name: 1 }\ncomponents:\n'),
    '21:26  the example does not validate at /name: must be string;',
  ],
  [
    'a named example that is not valid',
    changed('components:\n', '              examples: { wrong: { value: { name: 1 } } }\ncomponents:\n'),
    '21:45  the example wrong does not validate at /name: must be string;',
  ],
  [
    'an example elsewhere',
    changed('components:\n', '              examples: { far: { externalValue: a.json } }\ncomponents:\n'),
    '21:27  the example far has no value;',
  ],
  [
    'example beside examples',
    changed('components:\n', '              example: {}\n              examples: {}\ncomponents:\n'),
    '21:15  example and examples exclude each other (OAS 3.1 §4.8.14.1);',
  ],
]);
