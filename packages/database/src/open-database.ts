import type { Database } from './database.ts';
import { openPglite } from './pglite.ts';
import { openPostgres, type PostgresOptions } from './postgres.ts';

/** Where the records are. */
export type StorageLocation =
  | { readonly kind: 'pglite'; readonly directory: string }
  | { readonly kind: 'postgres'; readonly url: string; readonly preparedStatements?: boolean };

/** What PostgreSQL is used with; an embedded database has neither connections nor limits. */
export type OpenDatabaseOptions = Omit<PostgresOptions, 'connectionString' | 'preparedStatements'>;

/**
 * Opens the database. Its schema is left as it is.
 *
 * @throws `DirectoryInUseError` if another process has the directory of an embedded database
 */
export async function openDatabase(location: StorageLocation, options: OpenDatabaseOptions): Promise<Database> {
  if (location.kind === 'pglite') return openPglite(location.directory);
  const { url, preparedStatements = true } = location;
  return openPostgres({ ...options, connectionString: url, preparedStatements });
}
