import { accepted, changed } from '../fixture.ts';
import { refuses } from './refuses.ts';

const property = (schema: string) => changed('name: { type: string }', `name: ${schema}`);
const schemas = (text: string) => accepted + text;

refuses('schemas', [
  ['readOnly', property('{ type: string, readOnly: true }'), '28:31  readOnly is not enforced;'],
  ['writeOnly', property('{ type: string, writeOnly: true }'), '28:31  writeOnly is not enforced;'],
  ['nullable', property('{ type: string, nullable: true }'), '28:31  nullable is not enforced;'],
  [
    'discriminator',
    property('{ type: object, discriminator: { propertyName: a } }'),
    '28:31  discriminator is not enforced;',
  ],
  ['$dynamicRef', property("{ $dynamicRef: '#a' }"), '28:17  $dynamicRef is not enforced;'],
  ['$id', property('{ type: string, $id: a }'), '28:31  $id is not enforced;'],
  ['$anchor', property('{ type: string, $anchor: a }'), '28:31  $anchor is not enforced;'],
  ['$defs', property('{ type: string, $defs: {} }'), '28:31  $defs is not enforced;'],
  ['contentEncoding', property('{ type: string, contentEncoding: base64 }'), '28:31  contentEncoding is not enforced;'],
  ['a default', property('{ type: string, default: a }'), '28:31  no default is filled in;'],
  ['an unknown keyword', property('{ type: string, maxlength: 1 }'), '28:31  the schema keyword maxlength is unknown;'],
  ['an unknown format', property('{ type: string, format: color }'), '28:31  the format color is unknown;'],
  [
    'a format of another type',
    property('{ type: integer, format: uuid }'),
    '28:32  the format uuid needs the type string;',
  ],
  [
    'a number format of a string',
    property('{ type: string, format: int32 }'),
    '28:31  the format int32 needs the type integer or number;',
  ],
  [
    'a keyword of another type',
    property('{ type: integer, maxLength: 3 }'),
    '28:32  maxLength never applies to integer;',
  ],
  ['a keyword without its type', property('{ maxLength: 3 }'), '28:17  maxLength needs the type string;'],
  [
    'a keyword with a wrong value',
    property('{ type: string, maxLength: -1 }'),
    '28:31  the schema is not JSON Schema 2020-12: maxLength must be >= 0;',
  ],
  [
    'a type that is none',
    property('{ type: text }'),
    '28:17  the schema is not JSON Schema 2020-12: type must be equal to one of the allowed values;',
  ],
  [
    'a value of another type',
    property('{ type: string, enum: [a, null] }'),
    '28:41  the value is not of type string, so it never validates;',
  ],
  [
    'an enum without the null of its type',
    property("{ type: [string, 'null'], enum: [a, b] }"),
    '28:17  the type allows null but the values do not, so it is never null;',
  ],
  [
    'a constant without the null of its type',
    property("{ type: [string, 'null'], const: a }"),
    '28:17  the type allows null but the values do not, so it is never null;',
  ],
  [
    'a constant of another type',
    property('{ type: string, const: 1 }'),
    '28:31  the value is not of type string, so it never validates;',
  ],
  [
    'a member beside a reference',
    property("{ $ref: '#/components/schemas/Thing', required: [a] }"),
    '28:53  required beside $ref is missing in the types;',
  ],
  [
    'a required member that is not allowed',
    property('{ type: object, additionalProperties: false, required: [a] }'),
    '28:71  a is required but not allowed;',
  ],
  [
    'an example that is not valid',
    property('{ type: string, examples: [a, 1] }'),
    '28:45  the example 2 does not validate: must be string;',
  ],
  ['a schema that is a string', property('string'), '28:9  the schema is neither an object nor a boolean;'],
  [
    'a schema that applies itself',
    schemas("    Loop: { anyOf: [{ $ref: '#/components/schemas/Loop' }, { type: string }] }\n"),
    '29:5  the schema applies itself to the same value without end;',
  ],
  [
    'a default in an unused component',
    schemas('    Unused: { type: string, nullable: true }\n'),
    '29:29  nullable is not enforced;',
  ],
]);
