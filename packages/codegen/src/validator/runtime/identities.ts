/**
 * Numbers arrays and objects so that equal ones have the same number, and looks at each once. Equal are 1 and 1.0,
 * 0 and -0, and objects in whatever order their members are (JSON Schema Core §4.2.2).
 */
export class Identities {
  readonly #byValue = new Map<object, number>();
  readonly #byText = new Map<string, number>();

  /** @returns the same number for equal values */
  numberOf(value: object): number {
    const known = this.#byValue.get(value);
    if (known !== undefined) return known;
    const text = Array.isArray(value) ? this.#items(value) : this.#members(value);
    const number = this.#byText.get(text) ?? this.#byText.size;
    this.#byText.set(text, number);
    this.#byValue.set(value, number);
    return number;
  }

  #items(value: readonly unknown[]): string {
    return `[${value.map((item) => this.#part(item)).join()}]`;
  }

  #members(value: object): string {
    const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}:${this.#part(member)}`);
    return `{${members.sort().join()}}`;
  }

  /** Parts stand in the text of a value by their numbers, so that the text is not longer than the value. */
  #part(value: unknown): string {
    if (typeof value === 'object' && value !== null) return `#${this.numberOf(value)}`;
    return typeof value === 'string' ? JSON.stringify(value) : String(value);
  }
}

/** The places of the first item that is equal to one before it; null if all items differ. */
export function duplicate(
  items: readonly unknown[],
  identities?: Identities,
): { readonly i: number; readonly j: number } | null {
  const scalars = new Map<unknown, number>();
  const composites = new Map<number, number>();
  let numbers = identities;
  for (let i = 0; i < items.length; i += 1) {
    const item = items[i];
    let j: number | undefined;
    if (typeof item === 'object' && item !== null) {
      numbers ??= new Identities();
      const number = numbers.numberOf(item);
      j = composites.get(number);
      composites.set(number, i);
    } else {
      j = scalars.get(item);
      scalars.set(item, i);
    }
    if (j !== undefined) return { i, j };
  }
  return null;
}
