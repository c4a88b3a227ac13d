import { mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { generate } from '@contract-first/codegen';
import ts from 'typescript';
import { onTestFinished } from 'vitest';

/** A document with the schemas as components, each of them in use: as a body of requests and of replies. */
export function documentOf(schemas: Readonly<Record<string, unknown>>): string {
  const body = {
    'application/json': {
      schema: {
        type: 'object',
        properties: Object.fromEntries(
          Object.keys(schemas).map((name) => [name, { $ref: `#/components/schemas/${name}` }]),
        ),
      },
    },
  };
  return JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Schemas', version: '1.0.0' },
    servers: [{ url: '/v1' }],
    security: [],
    paths: {
      '/values': {
        put: {
          operationId: 'SetValues',
          security: [],
          requestBody: { required: true, content: body },
          responses: { '204': { description: 'Done.' } },
        },
      },
    },
    components: { schemas },
  });
}

/** Compiles the files together with those that are generated, and gives the lines of each file that have an error. */
export async function linesWithErrors(
  document: string,
  probes: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, readonly number[]>>> {
  // Below the package, so that the compiler finds @contract-first/core.
  const directory = fileURLToPath(new URL(`.probe-${process.pid}-${Date.now()}-${count++}/`, import.meta.url));
  onTestFinished(() => rm(directory, { recursive: true }));
  await mkdir(directory);
  const files = { ...(await generate(document, 'openapi.json')), ...probes };
  for (const [name, text] of Object.entries(files)) await writeFile(`${directory}${name}`, text);
  const program = ts.createProgram(
    Object.keys(files).map((name) => `${directory}${name}`),
    {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      exactOptionalPropertyTypes: true,
      allowImportingTsExtensions: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      customConditions: ['source'],
      types: [],
      typeRoots: [],
    },
  );
  const lines: Record<string, number[]> = {};
  for (const name of Object.keys(files)) {
    const file = program.getSourceFile(`${directory}${name}`);
    if (file === undefined) throw new Error(`the compiler did not read ${name}`);
    const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    const numbers = found.map(({ start = 0 }) => file.getLineAndCharacterOfPosition(start).line + 1);
    if (numbers.length > 0) lines[name] = [...new Set(numbers)];
  }
  return lines;
}

let count = 0;
