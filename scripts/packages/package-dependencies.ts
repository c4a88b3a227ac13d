import type { Package } from '@contract-first/release';

const scope = /^@(?:contract-first|user-api)\//;

/**
 * What each package's source may import of ours. `turbo boundaries` cannot tell source from tests, which may use more;
 * Biome lets source import nothing but `dependencies`, so those are what has to be checked.
 */
const allowed: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  core: [],
  lint: [],
  codegen: ['core'],
  server: ['core'],
  client: ['core'],
  conformance: ['core'],
  'access-token': ['core'],
  database: ['core'],
  service: ['core', 'server'],
  release: [],
  drift: ['codegen', 'release'],
  trial: ['core', 'codegen', 'server', 'client', 'conformance'],
  testing: [],
};

/** What the apps may import of ours; nothing imports an app. */
const allowedForApps = ['contract', 'core', 'server', 'client', 'access-token', 'database', 'service'];

/** Returns a message for each dependency that points the wrong way. */
export function forbiddenDependencies(packages: readonly Package[]): string[] {
  return packages.flatMap(({ folder, manifest }) => {
    const own = allowedFor(folder);
    if (own === undefined)
      return [`${folder}: say in scripts/packages/package-dependencies.ts what the package may import.`];
    return Object.keys(manifest.dependencies ?? {})
      .filter((name) => scope.test(name) && !own.includes(name.replace(scope, '')))
      .map((name) => `${folder}/package.json: remove ${name} from dependencies. ${mayImport(own)}`);
  });
}

function allowedFor(folder: string): readonly string[] | undefined {
  return folder.startsWith('apps/') ? allowedForApps : allowed[folder.replace('packages/', '')];
}

function mayImport(own: readonly string[]): string {
  const list = own.length === 0 ? 'none of our packages' : own.join(', ');
  return `Its source may import ${list}; what only tests need belongs into devDependencies.`;
}
