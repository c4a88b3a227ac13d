import { randomUUID } from 'node:crypto';
import { type NumberedAttribute, numberedAttributes } from './sequence-values.ts';

/** Attributes that are always changed together. */
export interface Part {
  readonly name: string;
  readonly attributes: readonly NumberedAttribute[];
}

/**
 * A record and who changes it. `conditional`: every writer changes all attributes, with If-Match. `parted`: every writer
 * changes a part of its own, without If-Match, so that no change may undo another one (rule H18).
 */
export interface RecordPlan {
  readonly id: string;
  readonly kind: 'conditional' | 'parted';
  readonly parts: readonly Part[];
}

/** One writer: it changes one part of one record, again and again. */
export interface WriterPlan {
  readonly record: RecordPlan;
  readonly part: Part;
}

const whole: Part = { name: 'whole', attributes: numberedAttributes };

const thirds: readonly Part[] = [
  { name: 'name', attributes: ['firstName', 'lastName'] },
  { name: 'contact', attributes: ['email', 'phoneNumber'] },
  { name: 'place', attributes: ['pictureUrl', 'address'] },
];

/** In turn: a record of one writer, one that two writers race for, and one of which three have a part each. */
export function planWriters(count: number): readonly WriterPlan[] {
  const writers: WriterPlan[] = [];
  while (writers.length < count) {
    const own: RecordPlan = { id: randomUUID(), kind: 'conditional', parts: [whole] };
    const raced: RecordPlan = { id: randomUUID(), kind: 'conditional', parts: [whole] };
    const parted: RecordPlan = { id: randomUUID(), kind: 'parted', parts: thirds };
    writers.push({ record: own, part: whole }, { record: raced, part: whole }, { record: raced, part: whole });
    writers.push(...thirds.map((part) => ({ record: parted, part })));
  }
  return writers.slice(0, count);
}
