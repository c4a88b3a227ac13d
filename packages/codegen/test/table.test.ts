import { compileContract } from '@contract-first/codegen';
import { beforeAll, describe, expect, test } from 'vitest';
import { petStore } from './pet-store.ts';

const form = (explode: boolean, shape: object) => ({ style: 'form', explode, allowReserved: false, shape });
const simple = (shape: object) => ({ style: 'simple', explode: false, allowReserved: false, shape });

describe('the operation table of a foreign contract', async () => {
  const contract = await compileContract(petStore, 'specs/pets.yaml');
  const { listPets, createPet } = contract.operations;

  test('has the facts of the document', () => {
    expect(contract).toMatchObject({ title: 'Pet store', version: '2.1.0', basePath: '/pets/v2' });
    expect(contract.securitySchemes).toEqual({ OIDC: { type: 'openIdConnect' }, Token: { type: 'http' } });
    expect(Object.keys(contract.operations)).toEqual(['listPets', 'createPet']);
  });

  test('has method, path and place of each operation', () => {
    expect(listPets).toMatchObject({ operationId: 'listPets', method: 'get', path: '/pets', location: 'pets.yaml:13' });
    expect(createPet).toMatchObject({
      operationId: 'createPet',
      method: 'post',
      path: '/pets',
      location: 'pets.yaml:36',
    });
  });

  test('merges the parameters of path and operation; those of the operation win', () => {
    expect(listPets?.parameters.map(({ validate: _, ...facts }) => facts)).toEqual([
      { name: 'limit', in: 'query', required: true, serialization: form(true, { kind: 'primitive', type: 'integer' }) },
      { name: 'X-Trace', in: 'header', required: false, serialization: simple({ kind: 'primitive', type: 'string' }) },
      { name: 'tags', in: 'query', required: false, serialization: form(true, { kind: 'array', items: 'string' }) },
      { name: 'ids', in: 'query', required: false, serialization: form(false, { kind: 'array', items: 'number' }) },
      { name: 'sold', in: 'query', required: false, serialization: form(true, { kind: 'primitive', type: 'boolean' }) },
    ]);
    expect(createPet?.parameters.map(({ name, required }) => [name, required])).toEqual([
      ['limit', false],
      ['X-Trace', false],
    ]);
    const [limit] = listPets?.parameters ?? [];
    expect(limit?.validate(11)).toEqual([
      { pointer: '', keyword: 'maximum', params: { comparison: '<=', limit: 10 }, message: 'must be <= 10' },
    ]);
  });

  test('has responses by status, range and default, with lower-case headers and media types', () => {
    expect(Object.keys(listPets?.responses ?? {})).toEqual(['200', 'default']);
    expect(Object.keys(createPet?.responses ?? {})).toEqual(['201', '4XX']);
    expect(createPet?.responses['201']).toEqual({ headers: {}, content: {} });
    expect(listPets?.responses['200']?.headers).toMatchObject({
      'x-next': { required: false, type: 'string' },
      'x-total': { required: true, type: 'integer' },
    });
    expect(Object.keys(listPets?.responses['default']?.content ?? {})).toEqual(['application/problem+json']);
    expect(Object.keys(createPet?.requestBody?.content ?? {})).toEqual([
      'application/json',
      'application/merge-patch+json',
    ]);
  });

  test('has the alternatives of security; an empty list is public', () => {
    expect(listPets?.security).toEqual([]);
    expect(createPet?.security).toEqual([{ OIDC: ['pets'], Token: [] }, { Token: [] }]);
  });

  test('has one validator for equal schemas', () => {
    const problem = listPets?.responses['default']?.content['application/problem+json'];
    expect(problem?.validate).toBe(createPet?.responses['4XX']?.content['application/problem+json']?.validate);
  });
});

describe('the table of an operation on a resource', () => {
  let document = '';
  beforeAll(() => {
    document = petStore.replace('      operationId: listPets\n      security: []\n', '      operationId: listPets\n');
  });

  test('names resource and owner by their path parameters', async () => {
    const owned = document
      .replace(
        '  /pets:\n    parameters:\n',
        '  /pets/{petId}:\n    parameters:\n      - { name: petId, in: path, required: true, schema: { type: string } }\n',
      )
      .replace(
        '      operationId: listPets\n',
        "      operationId: listPets\n      x-resource: { type: Pet, id: $request.path.petId }\n      x-owner: { subject: $request.path.petId, unless: 'pets:admin' }\n",
      );
    const { operations } = await compileContract(owned);
    expect(operations['listPets']?.resource).toEqual({ type: 'Pet', idParameter: 'petId' });
    expect(operations['listPets']?.owner).toEqual({ subjectParameter: 'petId', unlessScope: 'pets:admin' });
    expect(operations['createPet']).toMatchObject({ resource: null, owner: null });
  });
});

test('an operation without anything to validate compiles too', async () => {
  const { operations } = await compileContract(`openapi: 3.1.0
info: { title: Ping, version: 1.0.0 }
paths: { /ping: { get: { operationId: ping, security: [], responses: { '204': { description: Here. } } } } }
`);
  expect(operations['ping']).toMatchObject({ path: '/ping', responses: { '204': { headers: {}, content: {} } } });
});
