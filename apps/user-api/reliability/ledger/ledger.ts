import type { RecordPlan } from './record-plan.ts';
import { sequenceOf } from './sequence-values.ts';

/** A change that a writer asked for. */
export interface Attempt {
  readonly recordId: string;
  readonly part: string;
  /** Unique within the record; all values of the change have it. */
  readonly sequence: number;
  /** The version that If-Match names; null without If-Match. */
  readonly base: number | null;
}

/** What a reply says about a record. */
export interface Observation {
  readonly version: number;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** A read that has begun. */
export interface Reading {
  readonly recordId: string;
}

/**
 * `lost`: an acknowledged change is not there any more. `torn`: a record has only some of a change's values. `phantom`:
 * a record has a change that was refused, or that nobody asked for.
 */
export type FindingKind = 'lost' | 'torn' | 'phantom';

export interface Finding {
  readonly kind: FindingKind;
  readonly detail: string;
}

type State = 'open' | 'acknowledged' | 'refused' | 'unresolved';

interface Entry extends Attempt {
  state: State;
  readonly begun: number;
  /** When it was acknowledged, and as which version. */
  ended: number;
  version: number;
}

interface RecordState {
  readonly plan: RecordPlan;
  /** By sequence. */
  readonly entries: Map<number, Entry>;
  /** In the order in which they were acknowledged. */
  readonly acknowledged: Entry[];
  /** By version. */
  readonly made: Map<number, Entry>;
  highestVersion: number;
}

/**
 * Knows every change that was asked for and what came of it, and holds everything that is read against it. Two facts
 * decide: versions only grow, so that whatever begins after a change was acknowledged has to see that change's version
 * or a later one; and every value tells the change that it came with.
 */
export class Ledger {
  readonly #records: ReadonlyMap<string, RecordState>;
  readonly #findings = new Map<string, Finding>();
  readonly #readings = new WeakMap<Reading, number>();
  #clock = 0;

  /** @param records each of which has version 1, and the values of change 0 */
  constructor(records: Iterable<RecordPlan>) {
    this.#records = new Map(Array.from(records, (plan) => [plan.id, initialState(plan)]));
  }

  /** Notes that a change is going to be sent. Until it is settled it may have been made or not. */
  begin(recordId: string, part: string, base: number | null): Attempt {
    const { entries } = this.#record(recordId);
    const entry: Entry = {
      ...{ recordId, part, sequence: entries.size, base },
      ...{ state: 'open', begun: this.#tick(), ended: Number.POSITIVE_INFINITY, version: 0 },
    };
    entries.set(entry.sequence, entry);
    return entry;
  }

  /** Notes that it was answered with 200, and checks what the reply says. */
  acknowledge(attempt: Attempt, seen: Observation): void {
    const record = this.#record(attempt.recordId);
    const entry = this.#entry(attempt);
    const other = record.made.get(seen.version);
    if (other !== undefined) this.#lose(other, `change ${entry.sequence} was given the same version`);
    this.#compareVersions(record, entry.begun, seen.version - 1, `change ${entry.sequence}`);
    this.#compareValues(record, entry.begun, seen);
    if (!this.#shows(record, entry, seen)) this.#lose(entry, 'its own reply does not show it');
    Object.assign(entry, { state: 'acknowledged', ended: this.#tick(), version: seen.version });
    record.acknowledged.push(entry);
    record.made.set(seen.version, entry);
    record.highestVersion = Math.max(record.highestVersion, seen.version);
  }

  /** Notes that it was certainly not made: the service said what is wrong with it. */
  refuse(attempt: Attempt): void {
    this.#entry(attempt).state = 'refused';
  }

  /** Notes that nobody knows whether it was made or will be: the connection broke, or the database was out of reach. */
  leaveUnresolved(attempt: Attempt): void {
    this.#entry(attempt).state = 'unresolved';
  }

  /** To be called before a record is read. */
  beginReading(recordId: string): Reading {
    const reading = { recordId };
    this.#readings.set(reading, this.#tick());
    return reading;
  }

  /** Checks what was read; null if the record was not there. */
  endReading(reading: Reading, seen: Observation | null): void {
    const record = this.#record(reading.recordId);
    const begun = this.#readings.get(reading) ?? this.#clock;
    this.#compareVersions(record, begun, seen?.version ?? 0, 'a read');
    if (seen === null) this.#find('lost', `${record.plan.id} gone`, 'the record is gone');
    else this.#compareValues(record, begun, seen);
  }

  get findings(): readonly Finding[] {
    return [...this.#findings.values()];
  }

  count(kind: FindingKind): number {
    return this.findings.filter((finding) => finding.kind === kind).length;
  }

  /** How many changes were acknowledged. */
  get acknowledged(): number {
    return this.#records.values().reduce((sum, { acknowledged }) => sum + acknowledged.length - 1, 0);
  }

  /** What began after a change was acknowledged must not see, or be built upon, a version before it. */
  #compareVersions({ acknowledged, highestVersion }: RecordState, begun: number, version: number, who: string): void {
    if (version >= highestVersion) return;
    for (const entry of acknowledged) {
      const isBefore = entry.ended < begun;
      if (isBefore && entry.version > version) this.#lose(entry, `${who} that began later found version ${version}`);
    }
  }

  #compareValues(record: RecordState, begun: number, seen: Observation): void {
    for (const part of record.plan.parts) {
      const sequences = part.attributes.map((name) => sequenceOf(name, seen.attributes[name]));
      const [sequence = null] = sequences;
      const entry = sequence === null ? undefined : record.entries.get(sequence);
      const where = `${record.plan.id} version ${seen.version}, ${part.name}`;
      if (sequence === null || sequences.some((other) => other !== sequence)) {
        this.#find('torn', where, `has values of the changes ${sequences.map((other) => other ?? '?').join(', ')}`);
      } else if (entry === undefined || (entry.part !== part.name && sequence !== 0)) {
        this.#find('phantom', where, `has change ${sequence}, which nobody asked for`);
      } else this.#comparePart(record, begun, seen, entry, part.name);
    }
  }

  #comparePart(record: RecordState, begun: number, { version }: Observation, entry: Entry, part: string): void {
    const where = `${record.plan.id} version ${version}, ${part}`;
    if (entry.state === 'refused') this.#find('phantom', where, `has change ${entry.sequence}, which was refused`);
    if (record.plan.kind === 'conditional') this.#compareBase(record, version, entry, where);
    else if (entry.state !== 'unresolved') {
      // One that is unresolved may be made late. All others of a part come one after the other.
      const last = record.acknowledged.findLast((other) => other.part === part && other.ended < begun);
      if (last !== undefined && last.sequence > entry.sequence) {
        this.#lose(last, `version ${version} has change ${entry.sequence} instead`);
      }
    }
  }

  /** With If-Match a change can only have made the version that follows the one it was for. */
  #compareBase({ made }: RecordState, version: number, entry: Entry, where: string): void {
    if (entry.base !== version - 1) {
      this.#find('phantom', where, `has change ${entry.sequence}, which was for version ${entry.base}`);
    }
    const acknowledged = made.get(version);
    if (acknowledged !== undefined && acknowledged !== entry) {
      this.#lose(acknowledged, `version ${version} has change ${entry.sequence} instead`);
    }
  }

  #shows({ plan }: RecordState, { part, sequence }: Attempt, { attributes }: Observation): boolean {
    const names = plan.parts.find(({ name }) => name === part)?.attributes ?? [];
    return names.some((name) => sequenceOf(name, attributes[name]) === sequence);
  }

  #lose({ recordId, sequence, version }: Entry, why: string): void {
    this.#find('lost', `${recordId} change ${sequence}, acknowledged as version ${version}`, why);
  }

  /** Each is counted once. */
  #find(kind: FindingKind, subject: string, detail: string): void {
    const key = `${kind}: ${subject}`;
    if (!this.#findings.has(key)) this.#findings.set(key, { kind, detail: `${subject}: ${detail}` });
  }

  #record(id: string): RecordState {
    const record = this.#records.get(id);
    if (record === undefined) throw new TypeError(`the ledger has no record ${id}`);
    return record;
  }

  #entry({ recordId, sequence }: Attempt): Entry {
    const entry = this.#record(recordId).entries.get(sequence);
    if (entry === undefined) throw new TypeError(`the ledger has no change ${sequence} of ${recordId}`);
    return entry;
  }

  #tick(): number {
    this.#clock += 1;
    return this.#clock;
  }
}

/** Change 0 is what the record was made with. It is acknowledged like any other. */
function initialState(plan: RecordPlan): RecordState {
  const first: Entry = {
    ...{ recordId: plan.id, part: '', sequence: 0, base: 0 },
    ...{ state: 'acknowledged', begun: 0, ended: 0, version: 1 },
  };
  return {
    plan,
    entries: new Map([[0, first]]),
    acknowledged: [first],
    made: new Map([[1, first]]),
    highestVersion: 1,
  };
}
