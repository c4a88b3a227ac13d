import type { StorageLocation } from '../../src/storage/open-user-store.ts';
import { openUserStore } from '../../src/storage/open-user-store.ts';

/*
 * The process that the durability test kills: it changes one record again and again, and tells each change that the
 * store has acknowledged.
 */

export interface Settings {
  readonly location: StorageLocation;
  readonly userId: string;
}

const { location, userId }: Settings = JSON.parse(process.argv[2] ?? '');
const users = await openUserStore(location, { onConnectionError: (error) => process.emitWarning(error) });
await users.import([{ id: userId, attributes: {} }]);

for (;;) {
  const row = await users.get(userId);
  const count = (row?.version ?? 0) + 1;
  await users.patch(userId, { firstName: `first ${count}`, lastName: `last ${count}` }, null);
  process.send?.(count);
}
