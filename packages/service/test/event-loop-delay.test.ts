import { expect, test } from 'vitest';
import { watchEventLoopDelay } from '../src/index.ts';

test('R8 the event loop is late, too, while so much comes in that no timer gets its turn', () => {
  const delay = watchEventLoopDelay();
  // Nothing is measured in one go: there is not one sample.
  block(600);
  const late = delay.milliseconds();
  delay.stop();
  expect(late).toBeGreaterThanOrEqual(600);
});

function block(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}
