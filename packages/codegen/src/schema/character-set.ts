/** A set of code points as ascending, disjoint ranges; both ends belong to it. */
export type CharacterSet = readonly (readonly [first: number, last: number])[];

export const lastCodePoint = 0x10ffff;
export const everything: CharacterSet = [[0, lastCodePoint]];

/** The sets of the escapes and of `.` (ECMA-262 §22.2.2.9). */
const digits: CharacterSet = [[0x30, 0x39]];
const wordCharacters: CharacterSet = [...digits, [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]];
const spaces: CharacterSet = [
  ...([
    [0x09, 0x0d],
    [0x20, 0x20],
    [0xa0, 0xa0],
    [0x1680, 0x1680],
    [0x2000, 0x200a],
  ] as const),
  ...([
    [0x2028, 0x2029],
    [0x202f, 0x202f],
    [0x205f, 0x205f],
    [0x3000, 0x3000],
    [0xfeff, 0xfeff],
  ] as const),
];
const lineEnds: CharacterSet = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
];

export const classEscapes: Readonly<Record<string, CharacterSet>> = {
  d: digits,
  D: complement(digits),
  w: wordCharacters,
  W: complement(wordCharacters),
  s: spaces,
  S: complement(spaces),
};

export const anyButLineEnds = complement(lineEnds);

export function complement(set: CharacterSet): CharacterSet {
  const gaps: [number, number][] = [];
  let next = 0;
  for (const [first, last] of set.toSorted(([a], [b]) => a - b)) {
    if (first > next) gaps.push([next, first - 1]);
    next = Math.max(next, last + 1);
  }
  return next <= lastCodePoint ? [...gaps, [next, lastCodePoint]] : gaps;
}

export function intersection(a: CharacterSet, b: CharacterSet): CharacterSet {
  return a.flatMap(([first, last]) =>
    b.flatMap(([otherFirst, otherLast]): CharacterSet => {
      const [from, to] = [Math.max(first, otherFirst), Math.min(last, otherLast)];
      return from <= to ? [[from, to]] : [];
    }),
  );
}
