import { existsSync, globSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import { packages } from '@contract-first/release';
import type { ServiceImage } from './service-image.ts';

export interface ImageContents {
  readonly files: number;
  /** MiB, without the base image. */
  readonly size: number;
}

/**
 * Looks for what an image must not have: sources, tests, packages of development.
 *
 * @throws {Error} that names it
 */
export function assertLean({ root, workdir }: ServiceImage): ImageContents {
  const folder = join(root, workdir);
  const stray = developmentPackages().filter((name) => existsSync(join(folder, 'node_modules', name)));
  const sources = globSync('{packages,apps}/*/{src,test,node_modules/**/test,*.ts}', { cwd: folder });
  const found = [...stray, ...sources];
  if (found.length > 0) throw new Error(`The image has ${found.join(', ')}, which the service does not need.`);
  const sizes = globSync('**', { cwd: folder }).map((file) => lstatSync(join(folder, file)));
  const files = sizes.filter((entry) => entry.isFile());
  return { files: files.length, size: files.reduce((sum, { size }) => sum + size, 0) / 1_048_576 };
}

/** What only development needs, as far as no package needs it to run. */
function developmentPackages(): string[] {
  const manifests = packages().map(({ manifest }) => manifest);
  const needed = new Set(manifests.flatMap(({ dependencies = {} }) => Object.keys(dependencies)));
  const names = manifests.flatMap(({ devDependencies = {} }) => Object.keys(devDependencies));
  return [...new Set([...names, 'typescript', 'turbo', 'vitest'])].filter((name) => !needed.has(name));
}
