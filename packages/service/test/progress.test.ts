import { expect, test } from 'vitest';
import { showProgress } from '../src/commands/progress.ts';

function written(isTTY: boolean, total: number, ...steps: readonly number[]): string {
  const parts: string[] = [];
  const progress = showProgress({ isTTY, write: (part) => parts.push(part) }, total);
  for (const step of steps) progress.update(step);
  progress.end();
  return parts.join('');
}

test('a log gets a line for each tenth', () => {
  const steps = Array.from({ length: 100 }, (_, index) => (index + 1) * 10);
  const lines = written(false, 1000, ...steps)
    .trimEnd()
    .split('\n');
  expect(lines).toHaveLength(10);
  expect(lines[0]).toBe(' 10% 100 of 1000');
  expect(lines.at(-1)).toBe('100% 1000 of 1000');
});

test('a terminal gets a bar that is written over and removed at the end', () => {
  const text = written(true, 10, 5, 10);
  expect(text).toContain(`\r${'█'.repeat(15)}${'░'.repeat(15)}  50% 5 of 10`);
  expect(text).toContain('100% 10 of 10');
  expect(text.endsWith('\r\u001B[2K')).toBe(true);
  expect(text).not.toContain('\n');
});

test('records that are added while they are counted do not go beyond the end', () => {
  expect(written(false, 10, 12)).toBe('100% 12 of 10\n');
  expect(written(true, 0, 3)).toContain('100% 3 of 0');
});
