import type { Validator } from '@contract-first/core';
import type { UserRow, UserStore } from '../storage/user-store.ts';
import { userDocument } from '../users/user-document.ts';

/** One way in which stored records break the contract. */
export interface ViolationGroup {
  /** JSON Pointer (RFC 6901) into the reply, with `*` for the items of a list. */
  readonly pointer: string;
  /** The keyword of the schema. */
  readonly keyword: string;
  /** What the schema demands. Never has a value of a record. */
  readonly message: string;
  /** How many records. */
  count: number;
  /** A few of their ids. */
  readonly ids: string[];
}

/** How the stored records stand to the contract. */
export interface StoredDataReport {
  readonly records: number;
  /** Records that could not be sent to their owner. */
  readonly violating: number;
  /** The most frequent first. */
  readonly groups: readonly ViolationGroup[];
  /** How many records have an attribute that the contract does not have, and that replies therefore leave out. */
  readonly leftOut: ReadonlyMap<string, number>;
}

export interface StoredDataOptions {
  /**
   * Records that are read at once.
   * @default 500
   */
  readonly pageSize?: number;
  /** Told after each page how many records were checked so far. */
  readonly onProgress?: (checked: number) => void;
}

/** Ids that are kept of each group, however many records break. */
const MAX_IDS = 5;

/**
 * Renders every record as the reply would be, and validates it as the reply would be. Only one page of records is in
 * memory. Records that are added or changed in the meantime may or may not be seen.
 *
 * @param validate the schema of the reply's body
 */
export async function checkStoredData(
  users: Pick<UserStore, 'scan'>,
  validate: Validator,
  { pageSize = 500, onProgress = () => undefined }: StoredDataOptions = {},
): Promise<StoredDataReport> {
  const tally = new Tally(validate);
  for await (const page of pages(users, pageSize)) {
    for (const row of page) tally.add(row);
    onProgress(tally.records);
  }
  return tally.report();
}

async function* pages(users: Pick<UserStore, 'scan'>, size: number): AsyncGenerator<readonly UserRow[]> {
  let after: string | null = null;
  for (;;) {
    const page: readonly UserRow[] = await users.scan(after, size);
    if (page.length > 0) yield page;
    if (page.length < size) return;
    after = page.at(-1)?.id ?? null;
  }
}

class Tally {
  records = 0;
  #violating = 0;
  readonly #validate: Validator;
  readonly #groups = new Map<string, ViolationGroup>();
  readonly #leftOut = new Map<string, number>();

  constructor(validate: Validator) {
    this.#validate = validate;
  }

  add(row: UserRow): void {
    const document = userDocument(row);
    const violations = this.#validate(document);
    this.records += 1;
    if (violations.length > 0) this.#violating += 1;
    const groups = violations.map(({ pointer, keyword, message }) => this.#group(pointer, keyword, message));
    for (const group of new Set(groups)) {
      group.count += 1;
      if (group.ids.length < MAX_IDS) group.ids.push(row.id);
    }
    for (const name of Object.keys(row.attributes)) if (!(name in document.data.attributes)) this.#leaveOut(name);
  }

  report(): StoredDataReport {
    const groups = [...this.#groups.values()].sort((a, b) => b.count - a.count);
    return { records: this.records, violating: this.#violating, groups, leftOut: this.#leftOut };
  }

  #group(pointer: string, keyword: string, message: string): ViolationGroup {
    const place = pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*');
    const key = `${place} ${keyword}`;
    const group = this.#groups.get(key) ?? { pointer: place, keyword, message, count: 0, ids: [] };
    this.#groups.set(key, group);
    return group;
  }

  #leaveOut(name: string): void {
    this.#leftOut.set(name, (this.#leftOut.get(name) ?? 0) + 1);
  }
}
