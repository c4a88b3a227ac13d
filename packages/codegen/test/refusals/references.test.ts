import { accepted, changed } from '../fixture.ts';
import { refuses } from './refuses.ts';

const property = (schema: string) => changed('name: { type: string }', `name: ${schema}`);
const schemas = (text: string) => accepted + text;

refuses('references', [
  [
    'one out of the document',
    changed("responses:\n        '200':\n", "responses:\n        '404': { $ref: 'other.yaml#/a' }\n        '200':\n"),
    '16:18  $ref other.yaml#/a leads out of the document;',
  ],
  [
    'one that leads nowhere',
    property("{ $ref: '#/components/schemas/Gone' }"),
    '28:17  $ref #/components/schemas/Gone leads nowhere;',
  ],
  [
    'one into a schema',
    property("{ $ref: '#/components/schemas/Thing/properties/name' }"),
    '28:17  $ref #/components/schemas/Thing/properties/name is not a component of its kind;',
  ],
  [
    'one to itself',
    schemas("  responses:\n    A: { $ref: '#/components/responses/A' }\n").replace(
      "        '200':\n",
      "        '404': { $ref: '#/components/responses/A' }\n        '200':\n",
    ),
    '16:9  $ref leads back to itself;',
  ],
]);
