import { createClient } from '@contract-first/client';
import { compileContract } from '@contract-first/codegen';
import { createPaths } from '@contract-first/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createOperationLookup, createServer } from '../src/index.ts';

const methods = ['get', 'put', 'delete', 'patch', 'head'] as const;

/** Templates of two segments in which concrete names and parameters stand in every mixture. */
const templates = ['/a/b', '/a/{y}', '/{x}/b', '/{x}/{y}', '/a', '/{x}', '/a/b/c', '/a/{y}/c', '/{x}/b/{z}'];

const contractOf = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...templates), fc.subarray([...methods], { minLength: 1 })), {
    selector: ([template]) => template,
    minLength: 2,
    maxLength: 6,
  })
  .map((items) => ({ items, text: documentOf(items) }));

function documentOf(items: readonly (readonly [string, readonly string[]])[]): string {
  const paths = items.map(([template, offered]) => {
    const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const parameters = names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
    const operations = offered.map((method) => [
      method,
      { operationId: nameOf(template, method), security: [], parameters, responses: { 204: { description: 'Done.' } } },
    ]);
    return [template, Object.fromEntries(operations)];
  });
  return JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Paths', version: '1.0.0' },
    paths: Object.fromEntries(paths),
  });
}

function nameOf(template: string, method: string): string {
  return `${method}${template.replaceAll('/', '_').replaceAll(/[{}]/g, '')}`.replace(/\W/g, '');
}

const targets = ['/a/b', '/a/z', '/z/b', '/z/z', '/a', '/z', '/a/b/c', '/a/z/c', '/z/b/z', '/%61/b', '/a/%62', '/%7A'];

/** Starts a server whose handlers note which of them was called. */
async function serve(text: string) {
  const contract = await compileContract(text, 'openapi.json');
  const called: string[] = [];
  const handlers = Object.keys(contract.operations).map((operationId) => [
    operationId,
    (_request: unknown, reply: Record<number, () => unknown>) => {
      called.push(operationId);
      return reply[204]?.();
    },
  ]);
  const lookup = createOperationLookup(contract);
  // The compiler knows no operations of a contract that is compiled at run time.
  const options: object = {
    contract,
    handlers: Object.fromEntries(handlers),
    authenticators: {},
  };
  const app = createServer(options as Parameters<typeof createServer>[0]);
  await app.ready();
  return { app, contract, called, lookup };
}

test('G13 one table decides for the handler, Allow, OPTIONS, HEAD, labels and the client, however paths overlap', async () => {
  let reached = 0;
  await fc.assert(
    fc.asyncProperty(contractOf, async ({ text }) => {
      const { app, contract, called, lookup } = await serve(text);
      const paths = createPaths(contract);
      for (const target of targets) {
        const item = paths.match(target)?.item;
        const options = await app.inject({ method: 'OPTIONS', url: target });
        expect([options.statusCode, options.headers['allow']]).toEqual(
          item === undefined ? [404, undefined] : [200, item.methods.join(', ')],
        );
        for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH'] as const) {
          called.length = 0;
          const { statusCode, headers } = await app.inject({ method, url: target });
          const label = lookup({ method, url: target })?.operationId;
          if (called.length > 0) {
            reached += 1;
            expect(item?.methods).toContain(method);
            expect([called, statusCode]).toEqual([[label], 204]);
            expect(contract.operations[called[0] ?? '']?.path).toBe(item?.template);
          } else if (item?.methods.includes(method) === false) {
            expect([statusCode, headers['allow']]).toEqual([405, item.methods.join(', ')]);
          } else expect(statusCode).toBe(404);
          // Where nothing is spelled in another way, what the table has is served.
          if (!target.includes('%') && item?.methods.includes(method))
            expect(called, `${method} ${target} ${statusCode}`).toHaveLength(1);
        }
      }
      await app.close();
    }),
    { numRuns: 25 },
  );
  expect(reached).toBeGreaterThan(100);
});

test('G13 the client writes the path of the operation that it calls', async () => {
  const { app, contract, called } = await serve(documentOf(templates.map((template) => [template, ['get']])));
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const api: object = createClient(contract, { baseUrl: url });
  for (const template of templates) {
    const values = { x: 'q', y: 'q', z: 'q' };
    const path = Object.fromEntries(Object.entries(values).filter(([name]) => template.includes(`{${name}}`)));
    const call: unknown = Reflect.get(api, nameOf(template, 'get'));
    // The client has a method for each operation.
    await (call as (argument: object) => Promise<unknown>)(Object.keys(path).length > 0 ? { path } : {});
  }
  expect(called).toEqual(templates.map((template) => nameOf(template, 'get')));
  await app.close();
});
