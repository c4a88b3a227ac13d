import { migrate } from './migrations.ts';
import { openPglite } from './pglite.ts';
import { openPostgres } from './postgres.ts';
import { createUserStore } from './sql-user-store.ts';
import type { UserStore } from './user-store.ts';

/** Where the records are. */
export type StorageLocation =
  | { readonly kind: 'pglite'; readonly directory: string }
  | { readonly kind: 'postgres'; readonly url: string };

export interface OpenUserStoreOptions {
  /** Told of an idle connection that broke; the store goes on. */
  readonly onConnectionError: (error: Error) => void;
}

/**
 * Opens the store and brings its schema up to date.
 *
 * @throws `DirectoryInUseError`, `MigrationError`, or the driver's error if the database cannot be reached
 */
export async function openUserStore(location: StorageLocation, options: OpenUserStoreOptions): Promise<UserStore> {
  const database =
    location.kind === 'pglite'
      ? await openPglite(location.directory)
      : openPostgres({ connectionString: location.url, ...options });
  try {
    await migrate(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return createUserStore(database);
}
