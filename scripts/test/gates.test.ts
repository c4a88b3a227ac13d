import { expect, test, vi } from 'vitest';
import { runGates, summary } from '../gates/run-gates.ts';

const gate = (name: string, code: string, needs: readonly string[] = []) => ({
  name,
  command: process.execPath,
  args: ['-e', code],
  remedy: `repair ${name}`,
  needs,
});

test('a red row says what to do, a green one only where to look', () => {
  const rows = summary(
    [gate('green', ''), gate('red', ''), gate('idle', '')],
    new Map([
      ['green', { name: 'green', passed: true, seconds: 1, log: '.reports/green.log' }],
      ['red', { name: 'red', passed: false, seconds: 2.34, log: '.reports/red.log' }],
      ['idle', null],
    ]),
  );
  expect(rows[1]).toMatch(/^green +passed +1\.0 {2}\.reports\/green\.log$/);
  expect(rows[2]).toMatch(/^red +FAILED +2\.3 {2}\.reports\/red\.log +repair red$/);
  expect(rows[3]).toMatch(/^idle +NOT RUN$/);
});

test('what needs a red gate is not run, everything else is, and the process ends with 1', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  const before = process.exitCode;
  const red = gate('try-red', 'process.exit(3)');
  const idle = gate('try-idle', '', ['try-red']);
  const second = gate('try-second', '', ['try-idle']);
  await runGates([red, idle, second, gate('try-green', '')]);
  const lines = log.mock.calls.map(([line]) => String(line));
  log.mockRestore();
  const { exitCode } = process;
  process.exitCode = before;
  expect(lines).toContain('- try-idle not run: try-red has to hold first');
  expect(lines).toContain('- try-second not run: try-idle has to hold first');
  expect(lines.some((line) => line.startsWith('✓ try-green'))).toBe(true);
  expect(exitCode).toBe(1);
});
