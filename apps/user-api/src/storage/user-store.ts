import type { PoolState, StorageEngine } from '@contract-first/database';

/** A JSON object. A null member is an attribute that was cleared. */
export type Attributes = Readonly<Record<string, unknown>>;

/** The stored record of one user. */
export interface UserRow {
  /** A uuid in lower case. */
  readonly id: string;
  readonly attributes: Attributes;
  /** Starts at 1 and grows with every change. */
  readonly version: number;
  /** Whole milliseconds. Never changes. */
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A record to import. */
export interface NewUser {
  readonly id: string;
  readonly attributes: Attributes;
  /** @default the time of the import */
  readonly createdAt?: Date;
}

/**
 * What a change requires of the stored version (RFC 9110 §13.1.1): one of a list, any, or, as null, nothing. An empty
 * list matches no version.
 */
export type VersionPrecondition = 'any' | readonly number[] | null;

/** The outcome of a change. Whether a record is missing is decided before its version is looked at. */
export type PatchResult =
  | { readonly outcome: 'updated'; readonly row: UserRow }
  | { readonly outcome: 'missing' }
  | { readonly outcome: 'stale' };

/**
 * The records of users. Every method throws a `DatabaseUnavailableError` while the database is out of reach or
 * overloaded, and a `DatabaseError` if it refuses a statement.
 */
export interface UserStore {
  readonly engine: StorageEngine;
  /** @returns null if there is no such record */
  get(id: string): Promise<UserRow | null>;
  /**
   * Sets the given attributes and leaves the others as they are, in one statement that also checks the version. An
   * empty patch changes nothing and makes no new version.
   */
  patch(id: string, attributes: Attributes, ifMatch: VersionPrecondition): Promise<PatchResult>;
  /**
   * Adds records whose id is not there yet and leaves existing ones alone, so that an interrupted import can be
   * repeated. It is not one transaction.
   *
   * @returns how many were added
   */
  import(users: Iterable<NewUser>): Promise<number>;
  /**
   * Reads all records page by page, in the order of their ids.
   *
   * @param after the last id of the page before; null for the first page
   * @param limit records of a page at the most
   * @returns fewer than `limit` if there are no more
   */
  scan(after: string | null, limit: number): Promise<readonly UserRow[]>;
  count(): Promise<number>;
  /** Returns once the database has answered. */
  ping(): Promise<void>;
  /** How the connections to the database are used; null where there is no pool. */
  pool(): PoolState | null;
  close(): Promise<void>;
}
