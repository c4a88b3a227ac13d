/** What a change demands of a version (Semantic Versioning 2.0.0). */
export type Impact = 'patch' | 'minor' | 'major';

const order: readonly Impact[] = ['patch', 'minor', 'major'];

/** The gravest of several; null if there is none. */
export function gravest(impacts: readonly Impact[]): Impact | null {
  return order.findLast((impact) => impacts.includes(impact)) ?? null;
}

/**
 * The least version that tells of a change. Below 1.0.0 the second number tells what breaks and the third everything
 * else, which is how npm reads `^0.2.0`.
 *
 * @param impact null for no change
 * @throws {Error} if the version is not of the form 1.2.3
 */
export function nextVersion(version: string, impact: Impact | null): string {
  const [major, minor, patch] = parse(version);
  if (impact === null) return version;
  const step = major > 0 ? impact : impact === 'major' ? 'minor' : 'patch';
  if (step === 'major') return `${major + 1}.0.0`;
  return step === 'minor' ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
}

/** @throws {Error} if one of them is not of the form 1.2.3 */
export function isAtLeast(version: string, least: string): boolean {
  const [given, wanted] = [parse(version), parse(least)];
  const differing = given.findIndex((number, index) => number !== wanted[index]);
  return differing === -1 || (given[differing] ?? 0) > (wanted[differing] ?? 0);
}

function parse(version: string): [number, number, number] {
  const [, major, minor, patch] = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/.exec(version) ?? [];
  if (major === undefined) throw new Error(`"${version}" is not a version: write it as 1.2.3.`);
  return [Number(major), Number(minor), Number(patch)];
}
