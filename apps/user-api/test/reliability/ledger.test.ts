import { describe, expect, test } from 'vitest';
import { type Attempt, Ledger, type Observation } from '../../reliability/ledger/ledger.ts';
import { planWriters, type RecordPlan } from '../../reliability/ledger/record-plan.ts';
import { numberedAttributes, valuesOf } from '../../reliability/ledger/sequence-values.ts';

/** A record as a database would keep it. */
class Store {
  #state: Observation = { version: 1, attributes: valuesOf(numberedAttributes, 0) };

  make({ attributes, sequence }: { attributes: Parameters<typeof valuesOf>[0]; sequence: number }): Observation {
    const { version, attributes: current } = this.#state;
    this.#state = { version: version + 1, attributes: { ...current, ...valuesOf(attributes, sequence) } };
    return this.#state;
  }

  get state(): Observation {
    return this.#state;
  }

  /** What a crash of a database that is not durable does. */
  restore(state: Observation): void {
    this.#state = state;
  }
}

function open(kind: RecordPlan['kind']) {
  const record = planWriters(6)
    .map((plan) => plan.record)
    .findLast((plan) => plan.kind === kind);
  if (record === undefined) throw new Error(`no record is ${kind}`);
  const ledger = new Ledger([record]);
  const store = new Store();
  const part = (name: string) => {
    const found = record.parts.find((candidate) => candidate.name === name);
    if (found === undefined) throw new Error(`no part is ${name}`);
    return found;
  };
  const begin = (name: string): Attempt =>
    ledger.begin(record.id, name, kind === 'conditional' ? store.state.version : null);
  const make = (attempt: Attempt): Observation =>
    store.make({ attributes: part(attempt.part).attributes, sequence: attempt.sequence });
  const change = (name: string): Observation => {
    const attempt = begin(name);
    const seen = make(attempt);
    ledger.acknowledge(attempt, seen);
    return seen;
  };
  const read = (seen: Observation | null = store.state): void =>
    ledger.endReading(ledger.beginReading(record.id), seen);
  const kinds = (): readonly string[] => ledger.findings.map((finding) => finding.kind);
  return { ledger, record, store, begin, make, change, read, kinds };
}

describe('nothing is found', () => {
  test('while every change is kept', () => {
    const { ledger, change, read, kinds } = open('parted');
    for (const name of ['name', 'contact', 'name', 'place', 'place']) {
      change(name);
      read();
    }
    expect(kinds()).toEqual([]);
    expect(ledger.acknowledged).toBe(5);
  });

  test.each(['made', 'not made'])('if an unresolved change was %s', (outcome) => {
    const { ledger, begin, make, change, read, kinds } = open('conditional');
    change('whole');
    const attempt = begin('whole');
    if (outcome === 'made') make(attempt);
    ledger.leaveUnresolved(attempt);
    read();
    change('whole');
    read();
    expect(kinds()).toEqual([]);
  });

  test('if an unresolved change is made after the one that followed it', () => {
    const { ledger, begin, make, change, read, kinds } = open('parted');
    const attempt = begin('name');
    ledger.leaveUnresolved(attempt);
    change('name');
    make(attempt);
    read();
    expect(kinds()).toEqual([]);
  });

  test('if the replies to changes under way together come in another order', () => {
    const { ledger, begin, make, read, kinds } = open('parted');
    const [one, other] = [begin('name'), begin('contact')];
    const [first, second] = [make(one), make(other)];
    ledger.acknowledge(other, second);
    ledger.acknowledge(one, first);
    read();
    expect(kinds()).toEqual([]);
  });

  test('by a read that began before the change was acknowledged', () => {
    const { ledger, record, store, change, kinds } = open('conditional');
    const before = store.state;
    const reading = ledger.beginReading(record.id);
    change('whole');
    ledger.endReading(reading, before);
    expect(kinds()).toEqual([]);
  });
});

describe('a lost change is found', () => {
  test.each(['conditional', 'parted'] as const)('by the next read (%s)', (kind) => {
    const { record, store, change, read, ledger, kinds } = open(kind);
    const [part = { name: '' }] = record.parts;
    const before = change(part.name);
    change(part.name);
    change(part.name);
    store.restore(before);
    read();
    expect(kinds()).toEqual(['lost', 'lost']);
    expect(ledger.findings[0]?.detail).toContain('change 2, acknowledged as version 3');
  });

  test.each(['conditional', 'parted'] as const)('by the next change, which hides it from every read (%s)', (kind) => {
    const { record, store, change, read, kinds } = open(kind);
    const [part = { name: '' }] = record.parts;
    const before = store.state;
    change(part.name);
    store.restore(before);
    change(part.name);
    expect(kinds()).toEqual(['lost']);
    read();
    expect(kinds()).toEqual(['lost']);
  });

  test('if an unresolved change took its version', () => {
    const { ledger, store, begin, make, change, read, kinds } = open('conditional');
    const attempt = begin('whole');
    ledger.leaveUnresolved(attempt);
    const before = store.state;
    change('whole');
    store.restore(before);
    make(attempt);
    read();
    expect(kinds()).toEqual(['lost']);
  });

  test('if the record is gone', () => {
    const { change, read, kinds } = open('conditional');
    change('whole');
    read(null);
    expect(kinds()).toContain('lost');
  });

  test('if two changes were acknowledged as the same version', () => {
    const { ledger, begin, make, store, kinds } = open('conditional');
    const [one, other] = [begin('whole'), begin('whole')];
    const before = store.state;
    ledger.acknowledge(one, make(one));
    store.restore(before);
    ledger.acknowledge(other, make(other));
    expect(kinds()).toEqual(['lost']);
  });

  test('H18 if another writer put the old value back', () => {
    const { store, change, read, kinds } = open('parted');
    const { attributes: stale } = store.state;
    change('name');
    const { version, attributes } = change('contact');
    const { firstName, lastName } = stale;
    store.restore({ version, attributes: { ...attributes, firstName, lastName } });
    read();
    expect(kinds()).toEqual(['lost']);
  });

  test('if its own reply does not show it', () => {
    const { ledger, begin, store, kinds } = open('parted');
    ledger.acknowledge(begin('name'), { ...store.state, version: 2 });
    expect(kinds()).toEqual(['lost']);
  });
});

describe('a torn record is found', () => {
  test.each(numberedAttributes)('by %s alone', (attribute) => {
    const { store, change, read, kinds } = open('conditional');
    const { [attribute]: old } = change('whole').attributes;
    const { version, attributes } = change('whole');
    store.restore({ version, attributes: { ...attributes, [attribute]: old } });
    read();
    expect(kinds()).toEqual(['torn']);
  });

  test('within one value', () => {
    const { store, change, read, kinds } = open('conditional');
    const { version, attributes } = change('whole');
    const address = { ...Object(attributes['address']), locality: 'place 0' };
    store.restore({ version, attributes: { ...attributes, address } });
    read();
    expect(kinds()).toEqual(['torn']);
  });
});

describe('a phantom is found', () => {
  test('if a refused change was made', () => {
    const { ledger, begin, make, read, kinds } = open('conditional');
    const attempt = begin('whole');
    make(attempt);
    ledger.refuse(attempt);
    read();
    expect(kinds()).toEqual(['phantom']);
  });

  test('if nobody asked for it', () => {
    const { record, store, read, kinds } = open('conditional');
    store.make({ attributes: record.parts[0]?.attributes ?? [], sequence: 7 });
    read();
    expect(kinds()).toEqual(['phantom']);
  });

  test('H17 if a change was made on another version than that of its If-Match', () => {
    const { ledger, begin, make, change, kinds } = open('conditional');
    const attempt = begin('whole');
    change('whole');
    ledger.acknowledge(attempt, make(attempt));
    expect(kinds()).toEqual(['phantom']);
  });
});
