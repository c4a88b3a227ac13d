export { type Change, contractChanges } from './contract-changes.ts';
export { type DocumentNode, documentNodes, entries, isRecord } from './document-tree.ts';
export { redocly, redoclyJson } from './redocly.ts';
export {
  contractFile,
  lastRelease,
  type Release,
  releasedContractFile,
  releasedVersionsFile,
  workingTree,
} from './release.ts';
export { type ReleaseVerdict, releaseVerdict, type VersionDemand } from './release-verdict.ts';
export type { Impact } from './version.ts';
export { raiseVersions } from './version-files.ts';
export { type Exports, type Package, packages, root } from './workspace.ts';
