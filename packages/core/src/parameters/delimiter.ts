import type { ParameterStyle } from '../contract.ts';
import { UnwritableError } from './faults.ts';

/**
 * What stands between the items of one text. Texts are split before anything in them is decoded, so that an escaped
 * delimiter belongs to its item.
 */
export interface Delimiter {
  readonly plain: string;
  /**
   * The escaped form that is written in its place, because a URI cannot hold the plain one: OAS 3.1.1 has `%20` and `%7C`
   * in its table of examples. Both forms are read. Where the plain one is there, it delimits and the escaped one belongs
   * to the items, so that items may contain the delimiter.
   */
  readonly escaped: string | null;
}

const comma: Delimiter = { plain: ',', escaped: null };
const dot: Delimiter = { plain: '.', escaped: null };
// In a query a plus is the plain form of a blank.
const space: Delimiter = { plain: '+', escaped: '%20' };
const pipe: Delimiter = { plain: '|', escaped: '%7C' };

/** The delimiter of a style (OAS 3.1 §4.8.12.3, with the examples of 3.1.1, which follow RFC 6570). */
export function delimiterOf(style: ParameterStyle, explode: boolean): Delimiter {
  if (style === 'spaceDelimited') return space;
  if (style === 'pipeDelimited') return pipe;
  return style === 'label' && explode ? dot : comma;
}

/** @param items still encoded */
export function splitItems(text: string, { plain, escaped }: Delimiter): readonly string[] {
  if (escaped === null || text.includes(plain)) return text.split(plain);
  return text.replaceAll(escaped.toLowerCase(), escaped).split(escaped);
}

/**
 * @param items at least one, encoded
 * @throws UnwritableError for a single item that would be read as several
 */
export function joinItems(items: readonly string[], { plain, escaped }: Delimiter): string {
  if (escaped === null) return items.join(plain);
  if (!items.some((item) => item.includes(escaped))) return items.join(escaped);
  if (items.length > 1) return items.join(plain);
  throw new UnwritableError('format', `must not be a single item that contains the delimiter (${escaped})`);
}
