/** The indices of the branches that take a value. */
export function passing(verdicts: readonly boolean[]): readonly number[] {
  return verdicts.flatMap((verdict, index) => (verdict ? [index] : []));
}
