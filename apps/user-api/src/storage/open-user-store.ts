import { migrate, type OpenDatabaseOptions, openDatabase, type StorageLocation } from '@contract-first/database';
import { migrations } from './migrations.ts';
import { createUserStore } from './sql-user-store.ts';
import type { UserStore } from './user-store.ts';

export type { StorageLocation } from '@contract-first/database';

/**
 * Opens the store and brings its schema up to date.
 *
 * @throws `DirectoryInUseError`, `MigrationError`, or the driver's error if the database cannot be reached
 */
export async function openUserStore(location: StorageLocation, options: OpenDatabaseOptions): Promise<UserStore> {
  const database = await openDatabase(location, options);
  try {
    await migrate(database, migrations);
  } catch (error) {
    await database.close();
    throw error;
  }
  return createUserStore(database);
}
