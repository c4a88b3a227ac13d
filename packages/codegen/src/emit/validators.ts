import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { canDeclare } from '../schema/identifier.ts';
import type { SchemaRegistry } from '../schema/registry.ts';
import { formatImports } from '../validator/format.ts';
import { compileSchemas } from '../validator/module.ts';
import * as runtime from '../validator/runtime/index.ts';
import { header } from './header.ts';

// Run from sources, the generator bundles the sources of core; built, it bundles what is built.
const isSource = import.meta.url.endsWith('.ts');
const extension = isSource ? '.ts' : '.js';

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
    // The comments that name the schemas are marked as such.
    legalComments: 'inline',
    logLevel: 'silent',
    conditions: isSource ? ['source'] : [],
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
  const { body, formats, validators } = compileSchemas(registry.targets, registry.used);
  return [
    `import { ${Object.keys(runtime).join(', ')} } from '../validator/runtime/index${extension}';`,
    formatImports(formats),
    body,
    ...Object.entries(validators).map(([name, code]) => `const v_${name} = ${code};`),
    `export { ${Object.keys(validators)
      .map((name) => `v_${name} as ${name}`)
      .join(', ')} };`,
  ].join('\n');
}

/** Takes out where the modules lay when they were bundled, which differs from machine to machine. */
function withoutPaths(code: string): string {
  return code.replaceAll(/^\/\/ .*\n/gm, '').replaceAll(/^\/\/! /gm, '// ');
}
