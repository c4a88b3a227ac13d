/** The members and items that schemas have looked at, for unevaluatedProperties and unevaluatedItems (Core §11). */
export class Evaluated {
  readonly names = new Set<string>();
  /** Whether every member or item is evaluated. */
  everything = false;
  /** All items before this index are evaluated. */
  itemsBefore = 0;
  readonly items = new Set<number>();

  hasItem(index: number): boolean {
    return this.everything || index < this.itemsBefore || this.items.has(index);
  }

  hasName(name: string): boolean {
    return this.everything || this.names.has(name);
  }
}
