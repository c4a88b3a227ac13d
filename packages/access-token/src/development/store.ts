interface Entry {
  readonly payload: Record<string, unknown>;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Where a development provider keeps sessions, codes and grants: in memory, gone with the process. */
export class DevelopmentStore {
  readonly #entries = new Map<string, Entry>();

  /** What oidc-provider calls an adapter: the store as one of its models sees it. */
  adapter(model: string): object {
    const key = (id: string) => `${model}:${id}`;
    return {
      upsert: async (id: string, payload: Record<string, unknown>, expiresIn: number) => {
        this.#removeExpired();
        this.#entries.set(key(id), { payload, expiresAt: Date.now() + expiresIn * 1000 });
      },
      find: async (id: string) => this.#find((_, candidate) => candidate === key(id)),
      findByUid: async (uid: string) => this.#find(({ payload }, name) => isOf(model, name) && payload['uid'] === uid),
      findByUserCode: async () => undefined,
      consume: async (id: string) => {
        const entry = this.#entries.get(key(id));
        if (entry) entry.payload['consumed'] = Math.floor(Date.now() / 1000);
      },
      destroy: async (id: string) => void this.#entries.delete(key(id)),
      revokeByGrantId: async (grantId: string) => {
        for (const [name, { payload }] of this.#entries) {
          if (payload['grantId'] === grantId && isOf(model, name)) this.#entries.delete(name);
        }
      },
    };
  }

  #find(matches: (entry: Entry, name: string) => boolean): Record<string, unknown> | undefined {
    this.#removeExpired();
    for (const [name, entry] of this.#entries) if (matches(entry, name)) return entry.payload;
    return undefined;
  }

  #removeExpired(): void {
    for (const [name, { expiresAt }] of this.#entries) if (expiresAt <= Date.now()) this.#entries.delete(name);
  }
}

function isOf(model: string, name: string): boolean {
  return name.startsWith(`${model}:`);
}
