import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from '@contract-first/release';
import { readDockerIgnore } from './docker-ignore.ts';
import { readDockerfile } from './dockerfile.ts';
import { buildImage, type Image } from './image.ts';

/** The service's Dockerfile, relative to the top level. */
export const dockerfile = 'apps/user-api/deploy/Dockerfile';

/** The service's image as a folder. */
export interface ServiceImage extends Image {
  /** Has a `node` that anybody may run. */
  readonly programs: string;
}

/**
 * Follows the service's Dockerfile in a folder; the working tree is only read.
 *
 * @param folder an empty one
 * @throws {Error} if the base image is another Node than this one, or a step fails
 */
export function buildServiceImage(folder: string, onStep: (step: string) => void): ServiceImage {
  const stages = readDockerfile(readFileSync(root + dockerfile, 'utf8'));
  for (const { base } of stages) assertSameNode(base);
  const programs = join(folder, 'programs');
  mkdirSync(programs);
  copyFileSync(process.execPath, join(programs, 'node'));
  const image = buildImage(stages, {
    context: root,
    isIgnored: readDockerIgnore(readFileSync(`${root + dockerfile}.dockerignore`, 'utf8')),
    folder: join(folder, 'stages'),
    environment: buildEnvironment(programs),
    onStep,
  });
  return { ...image, programs };
}

/** What was tested with one Node is delivered with the same. */
function assertSameNode(base: string): void {
  const version = /^node:(\d+\.\d+\.\d+)-/.exec(base)?.[1];
  if (`v${version}` === process.version) return;
  throw new Error(`${dockerfile}: FROM ${base} is not Node ${process.version}, which the scripts run with`);
}

/** Nothing of the workspace, and nothing that npm tells its scripts. */
function buildEnvironment(programs: string): Record<string, string | undefined> {
  const foreign = /^(?:npm_(?!config_(?:registry|cache)$)|NODE_(?!EXTRA_CA_CERTS$)|INIT_CWD$|TURBO_FORCE$)/;
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((place) => !place.includes('node_modules'));
  return { ...Object.fromEntries(kept), PATH: [programs, ...path].join(delimiter), TURBO_TELEMETRY_DISABLED: '1' };
}
