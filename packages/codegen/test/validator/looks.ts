import type { Validator } from '@contract-first/core';

/** Far more than linear work takes in these tests; without it, exponential work would never end. */
const MAX_LOOKS = 2_000_000;

/** A chain of objects that ends in a value. */
export function chain(depth: number, member: object, end: unknown): unknown {
  let value = end;
  for (let level = 0; level < depth; level += 1) value = { ...member, child: value };
  return value;
}

/** How often a validator looks at an object or array of a value, or at what is in one. */
export function looksAt(validate: Validator, value: unknown): number {
  let looks = 0;
  const proxies = new WeakMap<object, object>();
  const look = (): void => {
    looks += 1;
    if (looks > MAX_LOOKS) throw new Error(`more than ${MAX_LOOKS} looks`);
  };
  const watched = (part: unknown): unknown => {
    if (typeof part !== 'object' || part === null) return part;
    const known = proxies.get(part);
    if (known !== undefined) return known;
    const proxy = new Proxy(part, {
      get: (target, key, receiver) => {
        look();
        const member: unknown = Reflect.get(target, key, receiver);
        return Object.hasOwn(target, key) ? watched(member) : member;
      },
      getOwnPropertyDescriptor: (target, key) => {
        look();
        return Reflect.getOwnPropertyDescriptor(target, key);
      },
      ownKeys: (target) => {
        look();
        return Reflect.ownKeys(target);
      },
    });
    proxies.set(part, proxy);
    return proxy;
  };
  validate(watched(value));
  return looks;
}
