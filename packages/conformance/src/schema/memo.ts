/*
 * A contract's document does not change while a process tests with it. What is found out about a place of it is found
 * out once, not for each exchange.
 */

/** The same function, which computes the value of an object once, for as long as the object lives. */
export function memo<Key extends object, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const values = new WeakMap<Key, { readonly value: Value }>();
  return (key) => {
    const known = values.get(key);
    if (known !== undefined) return known.value;
    const value = compute(key);
    values.set(key, { value });
    return value;
  };
}

/** The same for a function of an object and a name. */
export function memoByName<Key extends object, Name extends string | number, Value>(
  compute: (key: Key, name: Name) => Value,
): (key: Key, name: Name) => Value {
  const namesOf = memo((_key: Key) => new Map<Name, { readonly value: Value }>());
  return (key, name) => {
    const values = namesOf(key);
    const known = values.get(name);
    if (known !== undefined) return known.value;
    const value = compute(key, name);
    values.set(name, { value });
    return value;
  };
}
