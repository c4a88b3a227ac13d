import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { ContractDocument } from '../src/contract/contract-document.ts';
import { contractMutants } from '../src/contract/contract-mutants.ts';
import type { Mutant } from '../src/mutants/mutant.ts';
import { tinyContract } from './tiny-contract.ts';

const mutants = contractMutants(tinyContract, 'tiny.yaml');
const regenerated = mutants.filter(({ mode }) => mode === 'regenerated');

/** The document of the only mutant of a kind at a place that ends so. */
function changed(kind: string, place: string): Record<string, unknown> {
  const found = regenerated.filter(({ id }) => id.startsWith(`regenerated:${kind}:`) && id.endsWith(place));
  expect(found.map(({ id }) => id)).toHaveLength(1);
  return parse(found[0]?.text() ?? '');
}

test('the text of a document without a change says the same', () => {
  expect(parse(new ContractDocument(tinyContract).changed())).toEqual(parse(tinyContract));
});

test('every mutant is YAML and says something else', () => {
  const same = JSON.stringify(parse(tinyContract));
  const unchanged = regenerated.filter((mutant: Mutant) => JSON.stringify(parse(mutant.text())) === same);
  expect(unchanged.map(({ id }) => id)).toEqual([]);
});

test('every mutant is there in both modes, with an id of its own', () => {
  expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length);
  expect(regenerated).toHaveLength(mutants.length / 2);
});

test('every kind of change is made', () => {
  expect([...new Set(mutants.map(({ kind }) => kind))].sort()).toMatchSnapshot();
});

test('a mutant tells the line of its place', () => {
  const mutant = mutants.find(
    ({ id }) => id === 'regenerated:limit-raised:/components/schemas/ThingDocument/properties/id/maxLength',
  );
  expect(tinyContract.split('\n')[(mutant?.line ?? 0) - 1]).toContain('id: { type: string, maxLength: 8 }');
});

test('a property that is removed is not required any more and leaves the examples', () => {
  const document = changed('property-removed', '/properties/id');
  expect(document).not.toHaveProperty('components.schemas.ThingDocument.properties.id');
  expect(document).toHaveProperty('components.schemas.ThingDocument.required', []);
  const example = 'components.responses.Thing.content.application/json.examples.thing.value'.split('.');
  expect(document).toHaveProperty(example, { colour: 'red', parts: [{ size: 1 }] });
});

test('a property that is renamed stays where it is', () => {
  const document = changed('property-renamed', '/items/properties/size');
  const example = 'components.responses.Thing.content.application/json.examples.thing.value.parts'.split('.');
  expect(document).toHaveProperty(example, [{ sizeRenamed: 1 }]);
});

test('a type that changes loses what applies to it alone', () => {
  const document = changed('type-changed', '/ThingDocument/properties/colour/type');
  expect(document).toHaveProperty('components.schemas.ThingDocument.properties.colour', { type: ['boolean', 'null'] });
});

test('null is refused by the list of values, too', () => {
  const document = changed('null-refused', '/colour/type');
  const colour = { type: 'string', enum: ['red', 'green'] };
  expect(document).toHaveProperty('components.schemas.ThingDocument.properties.colour', colour);
});

test('a status, a method and a path move with all they have', () => {
  const path = ['paths', '/things/{thingId}'];
  expect(changed('status-changed', '/responses/404')).toHaveProperty([...path, 'get', 'responses', '418', '$ref']);
  expect(changed('method-changed', '/get')).toHaveProperty([...path, 'delete', 'operationId'], 'GetThing');
  expect(changed('path-changed', '#/thingsx/{thingId}')).toHaveProperty(['paths', '/thingsx/{thingId}', 'get']);
});

test('an alternative of the security requirements is dropped alone', () => {
  const path = ['paths', '/things/{thingId}', 'get', 'security'];
  expect(changed('security-scheme-dropped', '/get/security#OIDC')).toHaveProperty(path, [{ OAuth2: ['read'] }]);
});
