import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readDockerfile } from '../../deploy/checks/dockerfile.ts';
import { buildImage, type Image } from '../../deploy/checks/image.ts';

/** Follows the lines with a context of `package.json`, `src/main.js` and `src/secret.env`. */
function build(lines: readonly string[]): Image {
  const top = mkdtempSync(join(tmpdir(), 'user-api-test-'));
  onTestFinished(() => rmSync(top, { recursive: true }));
  mkdirSync(join(top, 'context/src'), { recursive: true });
  for (const file of ['package.json', 'src/main.js', 'src/secret.env']) writeFileSync(join(top, 'context', file), file);
  return buildImage(readDockerfile(lines.join('\n')), {
    context: join(top, 'context'),
    isIgnored: (path) => path.endsWith('.env'),
    folder: join(top, 'stages'),
    environment: { PATH: process.env['PATH'] },
    onStep: () => undefined,
  });
}

const first = [
  'FROM node:24 AS build',
  'WORKDIR /build',
  'COPY src src',
  'RUN mkdir dist && cat src/main.js > dist/out.js',
];

test('the last stage has what was copied into it, and nothing else', () => {
  const { root } = build([...first, 'FROM node:24', 'WORKDIR /app', 'COPY --from=build /build/dist dist']);
  expect(readFileSync(join(root, 'app/dist/out.js'), 'utf8')).toBe('src/main.js');
  expect(existsSync(join(root, 'app/src'))).toBe(false);
});

test('what the context leaves out cannot be copied, alone or with its folder', () => {
  const { root } = build([...first]);
  expect(existsSync(join(root, 'build/src/main.js'))).toBe(true);
  expect(existsSync(join(root, 'build/src/secret.env'))).toBe(false);
  expect(() => build(['FROM node:24', 'COPY src/secret.env .'])).toThrow('Dockerfile:2: there is no src/secret.env');
});

test('files go into a folder that ends with a slash, and contents of folders into their target', () => {
  const { root } = build(['FROM node:24', 'WORKDIR /app', 'COPY package.json ./', 'COPY src ./']);
  expect(existsSync(join(root, 'app/package.json'))).toBe(true);
  expect(existsSync(join(root, 'app/main.js'))).toBe(true);
});

test('what the image starts with is told', () => {
  const lines = ['FROM node:24', 'ENV A=1 B=two', 'USER node', 'ENTRYPOINT ["node"]', 'CMD ["serve"]'];
  const health = 'HEALTHCHECK --interval=1s CMD ["node", "-e", "0"]';
  expect(build([...lines, health])).toMatchObject({
    environment: { A: '1', B: 'two' },
    user: 'node',
    entrypoint: ['node'],
    command: ['serve'],
    healthcheck: ['node', '-e', '0'],
    stopSignal: 'SIGTERM',
  });
});

test.each([
  ['COPY missing there', 'Dockerfile:2: there is no missing'],
  ['COPY --from=other /a b', 'Dockerfile:2: there is no stage other'],
  ['COPY src/* there/', 'Dockerfile:2: name every source'],
  ['COPY --chown=node package.json ./', 'Dockerfile:2: expected COPY'],
  ['COPY package.json src there', 'Dockerfile:2: the target of several files ends with /'],
  ['RUN rm -r /var/cache', 'Dockerfile:2: expected a shell command, in WORKDIR alone'],
  ['RUN echo broken && false', 'echo broken && false failed\nbroken'],
  ['ENTRYPOINT node main.js', 'Dockerfile:2: write ENTRYPOINT as a list'],
  ['ENV A="1"', 'Dockerfile:2: expected NAME=value'],
])('%s fails', (line, message) => {
  expect(() => build(['FROM node:24', line])).toThrow(message);
});
