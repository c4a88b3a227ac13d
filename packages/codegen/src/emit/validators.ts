import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { numberFormats } from '@contract-first/core';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { isObject } from '../document/reader.ts';
import { addSchema, createAjv } from '../schema/ajv.ts';
import { canDeclare } from '../schema/identifier.ts';
import type { SchemaRegistry } from '../schema/registry.ts';
import { header } from './header.ts';

const violations = `
const none = Object.freeze([]);
const violation = ({ instancePath, keyword, params, message }) => ({ pointer: instancePath, keyword, params, message });
const validator = (validate) => (value) => (validate(value) ? none : validate.errors.map(violation));
`;

const declarations = `// @ts-nocheck

/** One way in which a value departs from its schema. It never holds the value. */
export interface Violation {
  /** JSON Pointer (RFC 6901) within the validated value. */
  readonly pointer: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message: string;
}

type Validator = (value: unknown) => readonly Violation[];

`;

/** The validators as one ES module without imports, in JavaScript. */
export async function validatorsModule(registry: SchemaRegistry): Promise<string> {
  const bundle = await build({
    stdin: {
      contents: entry(registry),
      resolveDir: dirname(fileURLToPath(import.meta.url)),
      sourcefile: 'validators.js',
    },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
    // Run from sources, the generator bundles the sources of core; built, it bundles what is built.
    conditions: import.meta.url.endsWith('.ts') ? ['source'] : [],
  });
  const [output] = bundle.outputFiles;
  if (output === undefined) throw new Error('esbuild gave no output for the validators');
  return withoutPaths(output.text);
}

/** The text of `validators.gen.ts`: the same module with types. */
export function validatorsFile(document: string, module: string): string {
  const { body, exports } = moduleParts(module);
  const typed = exports.map(({ local, name }) =>
    canDeclare(name, `${declarations}${body}`)
      ? `export const ${name}: Validator = ${local};\n`
      : `const typed_${local}: Validator = ${local};\nexport { typed_${local} as ${name} };\n`,
  );
  return `${header(document)}${declarations}${body}\n${typed.join('')}`;
}

/** The same module as a script whose value is an object with the validators by name. */
export function validatorsScript(module: string): string {
  const { body, exports } = moduleParts(module);
  return `(() => {${body}\nreturn { ${exports.map(({ local, name }) => `${name}: ${local}`).join(', ')} };\n})()`;
}

/** Takes off the clause of exports with which esbuild ends a module. */
function moduleParts(module: string): { body: string; exports: readonly { local: string; name: string }[] } {
  const [clause = '', names = ''] = /(?:^|\n)export \{([^}]*)\};\n$/.exec(module) ?? [];
  const exports = [...names.matchAll(/(\w+) as (\w+)/g)].map(([, local = '', name = '']) => ({ local, name }));
  return { body: clause === '' ? module : module.slice(0, -clause.length), exports };
}

function entry(registry: SchemaRegistry): string {
  const ajv = createAjv(registry.components);
  const components = new Set(registry.components);
  for (const used of registry.used) if (!components.has(used)) addSchema(ajv, used.key, used.schema);
  const keys = Object.fromEntries(registry.used.map(({ name, key }) => [`validate_${name}`, key]));
  const code = withImports(
    standaloneCode
      .default(ajv, keys)
      .replace('"use strict";', '')
      .replaceAll(/^export const /gm, 'const '),
  );
  const exports = registry.used.map(({ name }) => `v_${name} as ${name}`);
  const wrapped = registry.used.map(({ name }) => `const v_${name} = validator(validate_${name});`);
  return [formatTable(registry), violations, code, ...wrapped, `export { ${exports.join(', ')} };`].join('\n');
}

/** Ajv's standalone code requires its helpers even in an ES module. */
function withImports(code: string): string {
  const required = /require\("(ajv\/[^"]+)"\)\.default/g;
  const helpers = [...new Set([...code.matchAll(required)].map(([, path]) => path))];
  const imports = helpers.map((path, index) => `import helper${index} from '${path}.js';\n`);
  return imports.join('') + code.replaceAll(required, (_, path) => `helper${helpers.indexOf(path)}`);
}

/** Imports only the formats that are in use: a list of time zones is large. */
function formatTable(registry: SchemaRegistry): string {
  const names = [...new Set(registry.used.flatMap(({ schema }) => formatsOf(schema, registry)))].sort();
  const members = names.map((name) =>
    Object.hasOwn(numberFormats, name)
      ? `${JSON.stringify(name)}: { validate: numbers[${JSON.stringify(name)}] }`
      : `${JSON.stringify(name)}: { validate: strings[${JSON.stringify(name)}] }`,
  );
  return `import * as strings from '@contract-first/core/formats';
import { numberFormats as numbers } from '@contract-first/core';
const formats = { ${members.join(', ')} };`;
}

/** The formats that a schema uses, also by way of references. */
function formatsOf(schema: unknown, registry: SchemaRegistry, visited = new Set<unknown>()): readonly string[] {
  if (typeof schema !== 'object' || schema === null || visited.has(schema)) return [];
  visited.add(schema);
  const found = isObject(schema) && typeof schema['format'] === 'string' ? [schema['format']] : [];
  const target = isObject(schema) ? registry.components.find(({ key }) => key === schema['$ref']) : undefined;
  return [
    ...found,
    ...[...Object.values(schema), target?.schema].flatMap((part) => formatsOf(part, registry, visited)),
  ];
}

/** Takes out where the modules lay when they were bundled, which differs from machine to machine. */
function withoutPaths(code: string): string {
  return code.replaceAll(/^\/\/ .*\n/gm, '').replaceAll(/"[^"\n]*node_modules\/([^"\n]*)"\(exports/g, '"$1"(exports');
}
