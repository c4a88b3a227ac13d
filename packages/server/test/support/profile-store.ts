/** As in a database, which does not know their types. */
export type StoredAttributes = Readonly<Record<string, unknown>>;

export interface ProfileRow {
  readonly id: string;
  readonly attributes: StoredAttributes;
  readonly createdAt: string;
  /** Starts at 1 and grows with every change. */
  readonly version: number;
}

/** The versions that a change or a read is meant for. */
export type VersionCheck = (version: number) => boolean;

/** Profiles in memory. */
export interface ProfileStore {
  get(id: string): Promise<ProfileRow | null>;
  /** Sets the given attributes and leaves the others as they are. Without any there is no new version. */
  patch(id: string, attributes: StoredAttributes, accepts: VersionCheck): Promise<ProfileRow | 'missing' | 'stale'>;
  import(rows: Iterable<Omit<ProfileRow, 'version'>>): Promise<void>;
}

export function createProfileStore(): ProfileStore {
  const rows = new Map<string, ProfileRow>();
  return {
    async get(id) {
      return rows.get(id) ?? null;
    },
    async patch(id, attributes, accepts) {
      const row = rows.get(id);
      if (row === undefined) return 'missing';
      if (!accepts(row.version)) return 'stale';
      if (Object.keys(attributes).length === 0) return row;
      const changed = { ...row, attributes: { ...row.attributes, ...attributes }, version: row.version + 1 };
      rows.set(id, changed);
      return changed;
    },
    async import(given) {
      for (const row of given) rows.set(row.id, { ...row, version: 1 });
    },
  };
}
