import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import contractPlugin from '../src/index.ts';
import { type Complaint, lint } from './redocly.ts';

const fixtures = new URL('fixtures/', import.meta.url);

/** What each rule says about its red document: where, and how the message begins. */
const complaints: Readonly<Record<string, readonly string[]>> = {
  'error-has-shared-schema': [
    '#/paths/~1things/get/responses/401 GET /things: give the response 401 a body with the schema #/components/schemas/ErrorDocument',
    '#/paths/~1things/get/responses/404 GET /things: give the response 404 a body',
    '#/paths/~1things/get/responses/5XX GET /things: give the response 5XX a body',
    '#/paths/~1things/get/responses/default GET /things: give the response default a body',
  ],
  'media-type-has-example': [
    '#/components/responses/Thing/content/application~1vnd.api+json application/vnd.api+json: add examples',
    '#/paths/~1things/post/requestBody/content/application~1vnd.api+json application/vnd.api+json: add examples',
  ],
  'media-type-is-listed': [
    '#/paths/~1things/post/requestBody/content/application~1json application/json: use application/vnd.api+json or text/csv instead',
    '#/paths/~1things/post/responses/200/content/application~1vnd.api+json; charset=utf-8 application/vnd.api+json; charset=utf-8: use',
  ],
  'node-has-description': [
    '#/components/schemas/Thing/properties/name name: add a description',
    '#/components/schemas/Thing/properties/weight weight: add a description',
    '#/paths/~1things~1{thingId}/put/parameters/0 0: add a description',
    '#/paths/~1things~1{thingId}/put/requestBody requestBody: add a description',
    '#/paths/~1things~1{thingId}/put/responses/204 204: add a description',
    '#/paths/~1things~1{thingId}/put/responses/204/headers/ETag ETag: add a description',
  ],
  'operation-has-id': [
    '#/paths/~1things/delete DELETE /things: add an operationId',
    '#/paths/~1things/get GET /things: add an operationId',
  ],
  'operation-has-owner': [
    '#/paths/~1members~1{memberId}/get GET /members/{memberId}: add x-owner, for example `{ subject: $request.path.memberId }`',
    '#/paths/~1users~1{userId}~1letters/delete DELETE /users/{userId}/letters: add x-owner',
  ],
  'operation-has-security': ['#/paths/~1things~1{thingId}/get GET /things/{thingId}: add security with the scopes'],
  'request-body-has-415-and-422': [
    '#/paths/~1things/post/responses POST /things: add the response 415',
    '#/paths/~1things/post/responses POST /things: add the response 422',
    '#/paths/~1things/put/responses PUT /things: add the response 422',
  ],
  'response-body-has-406': ['#/paths/~1things/get/responses GET /things: add the response 406'],
  'response-object-is-closed': [
    '#/components/schemas/Thing Thing: add `additionalProperties: false`',
    '#/components/schemas/Thing/properties/anything anything: add `additionalProperties: false`',
    '#/components/schemas/Thing/properties/both/allOf/0 0: add `additionalProperties: false`',
    '#/components/schemas/Thing/properties/everything everything: add `additionalProperties: false`',
    '#/components/schemas/Thing/properties/untyped untyped: add `additionalProperties: false`',
  ],
  'string-has-max-length': [
    '#/components/schemas/Name Name: add maxLength',
    '#/components/schemas/Thing/properties/names/items items: add maxLength',
    '#/paths/~1things/get/parameters/0/schema schema: add maxLength',
  ],
};

const rules = Object.keys(contractPlugin().rules.oas3);
let all: readonly Complaint[];

beforeAll(async () => {
  all = await lint(
    fixtures,
    rules.flatMap((rule) => [`${rule}/red.yaml`, `${rule}/green.yaml`]),
  );
});

function said(rule: string, file: string): string[] {
  return all
    .filter((complaint) => complaint.rule === `contract/${rule}` && complaint.file === file)
    .map(({ pointer, message }) => `${pointer} ${message}`)
    .sort();
}

test('every rule has documents, and every document has a rule', () => {
  const folders = readdirSync(fixtures, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual(rules.toSorted());
  expect(Object.keys(complaints).sort()).toEqual(rules.toSorted());
});

describe.each(Object.entries(complaints))('%s', (rule, expected) => {
  test('refuses the red document and names every place', () => {
    const actual = said(rule, `${rule}/red.yaml`);
    expect(actual.map((line, index) => line.slice(0, expected[index]?.length))).toEqual(expected);
  });

  test('accepts the green document', () => {
    expect(said(rule, `${rule}/green.yaml`)).toEqual([]);
  });
});
