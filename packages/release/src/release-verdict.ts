import { parse } from 'yaml';
import { type Change, contractChanges } from './contract-changes.ts';
import { contractFile, contractVersion, type Release } from './release.ts';
import { gravest, type Impact, isAtLeast, nextVersion } from './version.ts';

/** A version that is lower than the changes since the last release demand. */
export interface VersionDemand {
  /** `openapi.yaml`, or the name of a package. */
  readonly what: string;
  readonly found: string;
  readonly least: string;
}

/** What the changes since the last release mean for the versions. */
export interface ReleaseVerdict {
  readonly changes: readonly Change[];
  /** null if nothing changed. */
  readonly impact: Impact | null;
  /** Empty if every version is high enough. */
  readonly demands: readonly VersionDemand[];
}

/**
 * Compares what would be released with what was released.
 *
 * @param rated what another tool says about the same change; the graver opinion counts
 */
export function releaseVerdict(released: Release, today: Release, rated: Impact | null = null): ReleaseVerdict {
  const [before, after]: [unknown, unknown] = [parse(released.text), parse(today.text)];
  const changes = contractChanges(before, after);
  const impact = gravest([...changes.map((change) => change.impact), ...(rated === null ? [] : [rated])]);
  const demands = [
    demand(contractFile, contractVersion(before), contractVersion(after), impact),
    ...Object.entries(released.versions).map(([name, version]) =>
      demand(name, version, today.versions[name] ?? '0.0.0', impact),
    ),
  ];
  return { changes, impact, demands: demands.filter(({ found, least }) => !isAtLeast(found, least)) };
}

function demand(what: string, released: string, found: string, impact: Impact | null): VersionDemand {
  return { what, found, least: nextVersion(released, impact) };
}
