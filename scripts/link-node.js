import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Runs at the end of `npm ci`, by whatever Node there is, which is why it is no TypeScript: makes `node` mean Node 24 in
 * the npm scripts. npm 11.19 does so by itself; older ones remove node_modules/.bin/node again, together with the
 * packages for other platforms that have a program of that name.
 */

const NEEDED = 24;

const modules = new URL('../node_modules/', import.meta.url);
const link = new URL('.bin/node', modules);
const isWindows = process.platform === 'win32';
const [installed] = readdirSync(modules).filter((name) => /^node-(?:bin-)?(?:darwin|linux|win)-/.test(name));

if (installed !== undefined && !isWindows && !existsSync(link)) {
  const { bin } = JSON.parse(readFileSync(new URL(`${installed}/package.json`, modules), 'utf8'));
  const program = new URL(`${installed}/${bin.node}`, modules);
  // Without the C library that it was built for, it does not run.
  if (spawnSync(fileURLToPath(program), ['--version']).status === 0) {
    // One that leads nowhere does not exist, and is in the way.
    rmSync(link, { force: true });
    symlinkSync(`../${installed}/${bin.node}`, link);
  }
}

const isLinked = existsSync(isWindows ? new URL('.bin/node.cmd', modules) : link);
if (!isLinked && Number.parseInt(process.versions.node, 10) < NEEDED) {
  const remedy = isWindows && installed !== undefined ? 'Install npm 11.19 or later' : `Install Node ${NEEDED}`;
  console.error(`The scripts need Node ${NEEDED}, and this is ${process.version}. ${remedy}, and try npm ci again.`);
  process.exitCode = 1;
}
