export {
  type Database,
  DatabaseError,
  type PoolState,
  type Row,
  type Session,
  type Statement,
  type StorageEngine,
} from './database.ts';
export { databaseUrls } from './database-url.ts';
export { DirectoryInUseError, type DirectoryLock, lockDirectory } from './directory-lock.ts';
export { type Migration, migrate, readSchemaState, type SchemaState } from './migrations.ts';
export { type OpenDatabaseOptions, openDatabase, type StorageLocation } from './open-database.ts';
export { classify, DatabaseUnavailableError, guardAgainstOutage, type RetryOptions } from './outage.ts';
export { emptySnapshot, openPglite, openPgliteInMemory } from './pglite.ts';
export { defaultPostgresLimits, openPostgres, type PostgresLimits, type PostgresOptions } from './postgres.ts';
