import { changed } from '../fixture.ts';
import { refuses } from './refuses.ts';

refuses('bodies', [
  [
    'a request that is not JSON',
    changed('          application/json:\n            schema', '          text/plain:\n            schema'),
    '13:11  the media type text/plain is not JSON, the only format that can be validated;',
  ],
  [
    'a range',
    changed('          application/json:\n            schema', "          '*/*':\n            schema"),
    '13:11  the media type */* is a range;',
  ],
  [
    'a parameter',
    changed(
      '          application/json:\n            schema',
      '          application/json; charset=utf-8:\n            schema',
    ),
    '13:11  the media type application/json;',
  ],
  [
    'no schema',
    changed(
      "          application/json:\n            schema: { $ref: '#/components/schemas/Thing' }\n      responses",
      '          application/json: {}\n      responses',
    ),
    '13:11  the media type application/json has no schema;',
  ],
  [
    'no media type',
    changed(
      "        content:\n          application/json:\n            schema: { $ref: '#/components/schemas/Thing' }\n      responses",
      '        content: {}\n      responses',
    ),
    '11:7  the request body has no content;',
  ],
  [
    'different schemas in one response',
    changed('components:\n', '            application/a+json: { schema: { type: string } }\ncomponents:\n'),
    '21:35  the media types of one response have different schemas;',
  ],
  [
    'an encoding',
    changed(
      '          application/json:\n            schema',
      '          application/json:\n            encoding: {}\n            schema',
    ),
    '14:13  OpenAPI 3.1 has no member encoding here (media type);',
  ],
]);
