/**
 * Finds variables that look like one of ours and are not, because a typo would silently leave the default in force.
 *
 * @returns a warning for each; it has names only, never a value
 */
export function misspeltVariables(
  environment: Readonly<Record<string, string | undefined>>,
  known: readonly string[],
): readonly string[] {
  return Object.keys(environment).flatMap((name) => {
    if (known.includes(name)) return [];
    const meant = known.find((candidate) => isNearMiss(name.toUpperCase(), candidate));
    return meant === undefined ? [] : [`${name}: is not a variable of this service: did you mean ${meant}?`];
  });
}

/** Short names are near to too many others. */
function isNearMiss(name: string, known: string): boolean {
  if (name === known) return true;
  const allowed = known.length < 6 ? 0 : known.length < 10 ? 1 : 2;
  return Math.abs(name.length - known.length) <= allowed && editDistance(name, known) <= allowed;
}

/** Levenshtein's distance in which two neighbours that changed places count as one edit. */
function editDistance(a: string, b: string): number {
  let beforePrevious: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const at = (line: readonly number[], index: number): number => line[index] ?? Number.POSITIVE_INFINITY;
      const isSwapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current[column] = Math.min(
        at(previous, column) + 1,
        at(current, column - 1) + 1,
        at(previous, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1),
        isSwapped ? at(beforePrevious, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}
