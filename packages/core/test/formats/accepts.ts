import { expect, test } from 'vitest';

/** Tests a format with texts that it takes and texts that it refuses. */
export function accepts(
  rule: string,
  format: (value: string) => boolean,
  texts: { readonly valid: readonly string[]; readonly invalid: readonly string[] },
): void {
  test.each(texts.valid)(`${rule}: takes %j`, (text) => expect(format(text)).toBe(true));
  test.each(texts.invalid)(`${rule}: refuses %j`, (text) => expect(format(text)).toBe(false));
}
