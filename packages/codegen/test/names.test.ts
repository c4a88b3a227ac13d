import { compileContract } from '@contract-first/codegen';
import { expect, test } from 'vitest';
import { documentOf, linesWithErrors } from './fixture-compiler.ts';

/** Words of the language, globals, names that the generated files use themselves, and whatever else OpenAPI allows. */
const names = [
  ...['default', 'package', 'class', 'await', 'arguments', 'eval', 'undefined', 'enum', 'type', 'never', 'any'],
  ...['Object', 'String', 'Promise', 'Array', 'Record', 'Omit', 'Set', 'Symbol', 'RegExp', 'JSON', 'globalThis'],
  ...['isUuid', 'none', 'violation', 'validator', 'Validator', 'Violation', 'formats', 'contract', 'operations'],
  ...['components', 'paths', 'webhooks', 'document', 'validators'],
  ...['a-b', 'a.b', 'a_b', 'A-B', 'aB', '-', '.', '_', '1', '2nd', '1e21', 'v1.2', 'v12', '-x-', 'User', 'user'],
];

/** Each needs a format and a helper of the validators. */
const schemas = Object.fromEntries(
  names.map((name, index) => [
    name,
    { type: 'object', properties: { [name]: { type: 'string', format: 'uuid', minLength: index + 1 } } },
  ]),
);

function document(): string {
  // What documentOf makes has this shape.
  const made = JSON.parse(documentOf(schemas)) as { paths: Record<string, unknown> };
  names.forEach((name, index) => {
    if (!/^[A-Za-z_$][\w$]*$/.test(name) || name in Object.prototype) return;
    made.paths[`/of-${index}`] = {
      post: {
        operationId: name,
        tags: [name],
        requestBody: { content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } } },
        responses: { '204': { description: 'Done.' } },
      },
    };
  });
  return JSON.stringify(made);
}

test('G16 whatever a component, a property or an operation is called, the generated files compile', async () => {
  const probe = `import type { Contract } from '@contract-first/core';
import { contract } from './contract.gen.ts';
import type { components, operations } from './types.gen.ts';

export const typed: Contract<operations> = contract;
export const body: components['schemas']['default'] = { default: 'a' };
export const id = contract.operations.default.operationId satisfies 'default' & keyof operations;
`;
  expect(await linesWithErrors(document(), { 'probe.ts': probe })).toEqual({});
});

test('G16 whatever a component, a property or an operation is called, the validators load and validate', async () => {
  const { operations } = await compileContract(document(), 'openapi.json');
  const validate = operations['SetValues']?.requestBody?.content['application/json']?.validate;
  for (const name of names) {
    expect([name, validate?.({ [name]: { [name]: 'x' } })[0]?.pointer]).toEqual([name, `/${name}/${name}`]);
  }
  expect(operations['default']?.requestBody?.content['application/json']?.validate({ default: 1 })).toHaveLength(1);
});
