import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Package, packages, root } from '@contract-first/release';
import { program } from 'commander';
import { execa } from 'execa';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

/** What a user of the client installs. */
const installed = ['@contract-first/core', '@user-api/contract', '@contract-first/client'];

async function testPackages(): Promise<void> {
  const published = packages().filter(({ manifest }) => !manifest.private);
  for (const one of published) await lint(one);
  const outside = await mkdtemp(join(tmpdir(), 'consumer-'));
  try {
    await useFromOutside(outside, await pack(outside));
  } finally {
    await rm(outside, { recursive: true, force: true });
  }
}

async function lint({ folder, manifest }: Package): Promise<void> {
  const { messages, pkg } = await publint({ pkgDir: join(root, folder), pack: 'npm', strict: true });
  const complaints = messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code);
  if (complaints.length > 0) throw new Error(`${manifest.name}:\n${complaints.join('\n')}`);
  console.log(`✓ ${manifest.name} holds what it exports`);
}

/** @returns the tarballs of the packages that a user of the client installs */
async function pack(destination: string): Promise<readonly string[]> {
  const workspaces = installed.map((name) => `--workspace=${name}`);
  const { stdout } = await execa('npm', ['pack', '--json', `--pack-destination=${destination}`, ...workspaces], {
    cwd: root,
  });
  // The shape is npm's own: a list, or from npm 12 on an object by name.
  const packed = Object.values(JSON.parse(stdout) as Record<string, { readonly filename: string }>);
  return packed.map(({ filename }) => join(destination, filename));
}

async function useFromOutside(outside: string, tarballs: readonly string[]): Promise<void> {
  const options = { cwd: outside, stdout: ['pipe', 'inherit'] } as const;
  await cp(`${root}scripts/consumer`, outside, { recursive: true });
  await execa(
    'npm',
    ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', ...tarballs],
    options,
  );
  await execa(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '-p', '.'], options);
  console.log('✓ a program outside of the workspace compiles');
  for (const node of new Set([process.execPath, process.env['npm_node_execpath'] ?? process.execPath])) {
    const { stdout: version } = await execa(node, ['--version']);
    await execa(node, ['main.mjs'], options);
    console.log(`✓ and talks to a server with Node ${version}`);
  }
}

program
  .name('npm run test:package')
  .description(
    'Packs every package that can be published and looks into it, then installs the client outside of the workspace, ' +
      'and type-checks and runs a program that uses it.',
  )
  .action(testPackages);

await program.parseAsync();
