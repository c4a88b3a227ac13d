import { expect, test } from 'vitest';
import { execForm, readDockerfile } from '../../deploy/checks/dockerfile.ts';

test('stages, comments and lines that go on are read', () => {
  const text =
    '# the build\nFROM node:24 AS build\nRUN npm ci && \\\n    npm run build\n\nFROM node:24\nCMD ["serve"]\n';
  expect(readDockerfile(text)).toEqual([
    { name: 'build', base: 'node:24', instructions: [{ name: 'RUN', text: 'npm ci &&  npm run build', line: 3 }] },
    { name: '', base: 'node:24', instructions: [{ name: 'CMD', text: '["serve"]', line: 7 }] },
  ]);
});

test.each([
  ['FROM node:24\nADD a b', 'Dockerfile:2: ADD cannot be followed here'],
  ['RUN npm ci', 'Dockerfile:1: a Dockerfile begins with FROM'],
  ['FROM --platform=linux/amd64 node:24', 'Dockerfile:1: expected FROM image AS name'],
])('%j is refused', (text, message) => {
  expect(() => readDockerfile(text)).toThrow(message);
});

test('a program starts without a shell', () => {
  const instruction = { name: 'CMD', text: 'node main.js', line: 9 };
  expect(() => execForm(instruction)).toThrow('Dockerfile:9: write CMD as a list');
  expect(execForm({ ...instruction, text: '["node", "main.js"]' })).toEqual(['node', 'main.js']);
});
