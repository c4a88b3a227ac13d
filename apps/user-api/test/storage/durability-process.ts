import type { StorageLocation } from '../../src/storage/open-user-store.ts';
import { openUserStore } from '../../src/storage/open-user-store.ts';
import type { UserRow } from '../../src/storage/user-store.ts';

/*
 * The process that the durability test kills: it reports the record that it finds, then changes it again and again, and
 * reports each change that the store has acknowledged.
 */

export interface Settings {
  readonly location: StorageLocation;
  readonly userId: string;
}

/** The record at the start, null if there is none yet; afterwards the number of each change. */
export type DurabilityMessage = { readonly found: Pick<UserRow, 'version' | 'attributes'> | null } | number;

const { location, userId }: Settings = JSON.parse(process.argv[2] ?? '');
const users = await openUserStore(location, { onConnectionError: (error) => process.emitWarning(error) });
const found = await users.get(userId);
tell({ found });
if (found === null) await users.import([{ id: userId, attributes: {} }]);

for (let count = (found?.version ?? 1) + 1; ; count += 1) {
  await users.patch(userId, { firstName: `first ${count}`, lastName: `last ${count}` }, null);
  tell(count);
}

function tell(message: DurabilityMessage): void {
  process.send?.(message);
}
