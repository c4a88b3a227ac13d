import { expect, test } from 'vitest';
import { linesWithErrors } from './fixture-compiler.ts';

const document = `
openapi: 3.1.0
info: { title: Things, version: 1.0.0 }
security: []
paths:
  /things/{position}:
    get:
      operationId: Find
      security: []
      parameters:
        - { name: position, in: path, required: true, schema: { $ref: '#/components/schemas/Position' } }
        - { name: filter, in: query, style: deepObject, schema: { $ref: '#/components/schemas/Position' } }
        - { name: tree, in: query, required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Tree' } } } }
        - { $ref: '#/components/parameters/Session' }
      responses: { '204': { description: Found. }, default: { description: Refused. } }
components:
  parameters:
    Session: { name: session, in: cookie, required: true, content: { application/json: { schema: { type: array, items: { type: integer } } } } }
  schemas:
    Position: { type: object, required: [x], properties: { x: { type: integer }, y: { type: integer } }, additionalProperties: false }
    Tree: { type: object, properties: { left: { $ref: '#/components/schemas/Tree' }, name: { type: string } } }
`;

test('objects, documents and cookies have their types in handlers', async () => {
  const lines = await linesWithErrors(document, {
    'probe.ts': `import type { Handler } from '@contract-first/core';
import type { operations } from './types.gen.ts';
export const right: Handler<operations['Find']> = ({ path, query, cookies }, reply) => {
  const sum: number = path.position.x + (query.filter?.y ?? 0) + (cookies.session[0] ?? 0);
  const name: string | undefined = query.tree.left?.name;
  return sum > 0 && name !== '' ? reply[204]() : reply.default(404);
};
export const wrong: Handler<operations['Find']> = ({ path, query, cookies }, reply) => {
  path.position.z;
  query.tree.right;
  cookies.session.name;
  cookies.other;
  return reply[204]();
};
`,
  });
  expect(lines).toEqual({ 'probe.ts': [9, 10, 11, 12] });
});
