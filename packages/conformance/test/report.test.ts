import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { contract as product } from '@user-api/contract';
import { document } from '@user-api/contract/document';
import { afterAll, describe, expect, test } from 'vitest';
import {
  createRecorder,
  createReport,
  enumerateCells,
  isGreen,
  merge,
  readUnreachable,
  renderReport,
  runCommand,
} from '../src/index.ts';
import { compileShop, rawExchange, shop } from './support/shop.ts';

const contract = await compileShop();
const root = await mkdtemp(join(tmpdir(), 'conformance-'));
afterAll(() => rm(root, { recursive: true }));

const temporary = (): Promise<string> => mkdtemp(join(root, 'run-'));

async function listFile(content: unknown): Promise<string> {
  const file = join(await temporary(), 'unreachable.json');
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

describe('results of several workers', () => {
  test('are merged', async () => {
    const directory = join(await temporary(), 'new', 'folder');
    const [one, other] = [createRecorder(contract, shop), createRecorder(contract, shop)];
    one.add(rawExchange({ status: 418 }));
    one.add(rawExchange({ target: '/shop/v1/status', reply: { ok: true }, replyHeaders: { 'x-load': '1' } }));
    other.add(rawExchange());
    await Promise.all([one.flush(directory), other.flush(directory)]);
    expect(await readdir(directory)).toHaveLength(2);
    const { cells, faults } = await merge(directory);
    expect(cells).toEqual(expect.arrayContaining(['GetStatus header 200 x-load', 'GetItem header 200 x-version']));
    expect(faults).toEqual([expect.stringContaining('status 418')]);
  });

  test('are written once', async () => {
    const directory = await temporary();
    const recorder = createRecorder(contract, shop);
    recorder.add(rawExchange({ status: 418 }));
    await recorder.flush(directory);
    expect(recorder.results()).toEqual({ cells: [], faults: [] });
  });

  test('must be there and whole', async () => {
    const directory = await temporary();
    await expect(merge(directory)).rejects.toThrow(/has no recorded exchanges; run the tests/);
    await writeFile(join(directory, '1-x.exchanges.json'), '{"cells":[1],"faults":[]}');
    await expect(merge(directory)).rejects.toThrow(/1-x\.exchanges\.json does not hold recorded exchanges; remove it/);
  });
});

describe('the report', () => {
  const cells = enumerateCells(contract, shop);
  const all = { cells: cells.map(({ id }) => id), faults: [] };
  const without = (...ids: string[]) => ({ ...all, cells: all.cells.filter((id) => !ids.includes(id)) });
  const id = 'GetItem exchange - 501 application/vnd.api+json';

  test('is green if everything is covered', () => {
    const report = createReport(cells, all);
    expect(report).toMatchObject({ total: cells.length, covered: cells.length, uncovered: [] });
    expect(isGreen(report)).toBe(true);
  });

  test('names what is not covered, where it stands and what to do', () => {
    const report = createReport(cells, without(id));
    expect(isGreen(report)).toBe(false);
    const text = renderReport(report);
    expect(text).toContain('GetItem: 1 not covered\n  shop.json:1  exchange - 501 application/vnd.api+json\n');
    expect(text).toContain('send a request without a body that is answered with 501 and application/vnd.api+json');
    expect(text).toContain(`${cells.length - 1} of ${cells.length} cells covered, 0 listed as unreachable, 0 faults`);
  });

  test('names faults', () => {
    const report = createReport(cells, { ...all, faults: ['GetItem (shop.json:1), status 418: …'] });
    expect(isGreen(report)).toBe(false);
    expect(renderReport(report)).toContain('Faults: 1\n  GetItem (shop.json:1), status 418: …');
  });

  test('leaves out what is listed as unreachable', () => {
    const report = createReport(cells, without(id), [{ cells: 'GetItem exchange * 501 *', reason: 'never' }]);
    expect(report).toMatchObject({ unreachable: 1, uncovered: [], listFaults: [] });
    expect(isGreen(report)).toBe(true);
  });

  test('refuses to list what was covered', () => {
    const report = createReport(cells, all, [{ cells: id, reason: 'never' }]);
    expect(report.listFaults).toEqual([expect.stringContaining(`${id}: listed as unreachable`)]);
    expect(isGreen(report)).toBe(false);
  });

  test('refuses to list what there is not', () => {
    const report = createReport(cells, all, [{ cells: 'GetNothing *', reason: 'never' }]);
    expect(report.listFaults).toEqual([expect.stringContaining('there is no such cell; remove the entry')]);
    expect(isGreen(report)).toBe(false);
  });

  const ids = (pattern: RegExp) => all.cells.filter((cell) => pattern.test(cell));

  test('takes a rule for several statuses of every operation', () => {
    const excused = ids(/^\S+ exchange \S+ (?:404|501) /);
    const report = createReport(cells, without(...excused), [{ cells: '* exchange * {404,501} *', reason: 'never' }]);
    expect(excused.length).toBeGreaterThan(1);
    expect(report).toMatchObject({ unreachable: excused.length, uncovered: [], listFaults: [] });
  });

  test('refuses an alternative of a rule that names no cell', () => {
    const report = createReport(cells, without(id), [{ cells: 'GetItem exchange * {501,599} *', reason: 'never' }]);
    expect(report.listFaults).toEqual([
      'GetItem exchange * 599 *: listed as unreachable, but there is no such cell; remove the entry',
    ]);
  });

  test('takes a rule for the operations without a request body alone', () => {
    const rule = { cells: '{GetItem,SetItem} response * *', withoutBody: true, reason: 'never' };
    const report = createReport(cells, without(...ids(/^(?:GetItem|SetItem) response /)), [rule]);
    expect(report.uncovered.map(({ operationId }) => operationId)).not.toContain('GetItem');
    expect(report.uncovered.map(({ operationId }) => operationId)).toContain('SetItem');
    expect(report.listFaults).toEqual([expect.stringMatching(/^SetItem response \* \*: .* there is no such cell/)]);
  });

  test('takes braces without a comma for what they are', () => {
    const report = createReport(cells, all, [{ cells: 'GetItem * {itemId}', reason: 'never' }]);
    expect(report.listFaults).toEqual([expect.stringContaining('GetItem * {itemId}: listed as unreachable')]);
  });

  test.each([
    ['a condition that is none', { unreachable: [{ cells: '*', reason: 'never', withoutBody: 1 }] }, /"withoutBody"/],
    ['no list', {}, /there is no list "unreachable"/],
    ['no reason', { unreachable: [{ cells: 'GetItem *', reason: ' ' }] }, /entry 1 needs "cells"/],
    ['no cells', { unreachable: [{ reason: 'never' }] }, /entry 1 needs "cells"/],
  ])('refuses a file with %s', async (_, content, message) => {
    await expect(readUnreachable(await listFile(content))).rejects.toThrow(message);
  });
});

describe('the command', () => {
  const modules: Readonly<Record<string, unknown>> = { shop: { contract }, 'shop/document': { document: shop } };

  async function run(...args: string[]) {
    let [out, error] = ['', ''];
    const code = await runCommand(args, {
      out: (text) => (out += text),
      error: (text) => (error += text),
      load: async (name) => modules[name],
    });
    return { code, out, error };
  }

  async function recorded(): Promise<string> {
    const directory = await temporary();
    const recorder = createRecorder(contract, shop);
    recorder.add(rawExchange());
    await recorder.flush(directory);
    return directory;
  }

  test('is red while cells are not covered', async () => {
    const { code, out } = await run('report', '--contract', 'shop', '--coverage', await recorded());
    expect(code).toBe(1);
    expect(out).toContain('GetStatus: ');
  });

  test('names the lines of the source', async () => {
    const file = join(await temporary(), 'shop.yaml');
    const text = JSON.stringify(shop, null, 2);
    await writeFile(file, text);
    const { out } = await run('report', '--contract', 'shop', '--source', file, '--coverage', await recorded());
    const line = text.split('\n').findIndex((each) => each.includes('"mood"')) + 1;
    expect(out).toContain(`shop.yaml:${line}  response 200 application/json /mood\n`);
  });

  test('is green if the rest is listed as unreachable, and prints JSON', async () => {
    const covered = await recorded();
    const { cells: reached } = await merge(covered);
    const open = enumerateCells(contract, shop).filter(({ id }) => !reached.includes(id));
    const file = await listFile({ unreachable: open.map(({ id }) => ({ cells: id, reason: 'a test' })) });
    const args = ['report', '--contract', 'shop', '--coverage', covered, '--unreachable', file, '--json'];
    const { code, out } = await run(...args);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ uncovered: [], faults: [], unreachable: open.length });
  });

  test.each([
    ['another command', ['check'], /^error: unknown command 'check'/],
    [
      'a missing option',
      ['report', '--coverage', '.'],
      /^error: required option '--contract <module>' not specified\n$/,
    ],
    [
      'an unknown option',
      ['report', '--contract', 'x', '--coverage', '.', '--colour'],
      /^error: unknown option '--colour'\n/,
    ],
    ['a module that is no contract', ['report', '--contract', 'x', '--coverage', '.'], /x has no export "contract"/],
    ['a folder without results', ['report', '--contract', 'shop', '--coverage', '/nowhere'], /\/nowhere/],
  ])('says what is wrong with %s', async (_, args, message) => {
    const { code, error } = await run(...args);
    expect(code).toBe(2);
    expect(error).toMatch(message);
  });

  test('runs as a process', async () => {
    const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
    const args = ['report', '--contract', '@user-api/contract', '--coverage', await recorded()];
    const ended = promisify(execFile)(process.execPath, ['--conditions=source', main, ...args]);
    const { length } = enumerateCells(product, document);
    const last = expect.stringContaining(`0 of ${length} cells covered, 0 listed as unreachable, 0 faults`);
    await expect(ended).rejects.toMatchObject({ code: 1, stdout: last });
  });
});
