import { expect, test } from 'vitest';
import { accepted, changed, refusalsOf } from '../fixture.ts';

test('the fixture that the other tests change is accepted', async () => {
  expect(await refusalsOf(accepted)).toEqual([]);
});

test('everything is reported at once, in the order of the document', async () => {
  const wrong = 'name: { type: string, nullable: true, maxlength: 1 }';
  const document = changed('name: { type: string }', wrong).replace('SetThing', 'set-thing');
  const places = (await refusalsOf(document)).map((line) => line.split('  ')[0]);
  expect(places).toEqual(['10:7', '28:31', '28:47']);
});

test('a component that is referred to twice is reported once', async () => {
  const document = changed(
    'name: { type: string }',
    "name: { type: object, properties: { a: { $ref: '#/components/schemas/Wrong' } } }",
  );
  const refusals = await refusalsOf(`${document}    Wrong: { type: string, minLength: -1 }\n`);
  expect(refusals).toEqual(['29:28  the schema is not JSON Schema 2020-12: minLength must be >= 0; correct it']);
});

test('a JSON document is refused with its place too', async () => {
  const document = '{\n  "openapi": "3.1.0",\n  "info": { "title": "A" },\n  "paths": {}\n}\n';
  expect(await refusalsOf(document)).toEqual([
    '1:1  the document has no operations; add a path with a method',
    '3:3  info has no version; add it',
  ]);
});
