// By hand, not negotiator: it skips a malformed Accept header and ignores the parameters by which JSON:API decides.
import { JSON_API, type MediaType, parseMediaType, trimBlanks, understandsParameters } from './media-type.ts';

/** A media range with its weight (RFC 9110 §12.5.1). */
interface MediaRange extends MediaType {
  /** 0 to 1. */
  readonly weight: number;
}

const WEIGHT = /^(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)$/;

/**
 * Chooses the media type of a reply (RFC 9110 §12.5.1; JSON:API 1.1, "Server Responsibilities").
 *
 * @param accept the Accept header; undefined if there is none, which accepts everything
 * @param offered media types in the order of preference
 * @returns one of `offered`, or null if the header is malformed or excludes them all
 */
export function negotiate(accept: string | undefined, offered: readonly string[]): string | null {
  if (accept === undefined) return offered[0] ?? null;
  const ranges = parseAccept(accept);
  if (ranges === null) return null;
  let best: string | null = null;
  let bestWeight = 0;
  for (const mediaType of offered) {
    const weight = weightOf(mediaType, ranges);
    if (weight > bestWeight) [best, bestWeight] = [mediaType, weight];
  }
  return best;
}

/** The weight of the most specific range that matches; 0 if none does. */
function weightOf(mediaType: string, ranges: readonly MediaRange[]): number {
  const exact = ranges.filter((range) => range.essence === mediaType);
  const clean = exact.filter(understandsParameters);
  // JSON:API refuses with 406 if each of its entries carries a foreign parameter, whatever stands beside them.
  if (clean.length === 0 && exact.length > 0 && mediaType === JSON_API) return 0;
  const anySubtype = `${mediaType.slice(0, mediaType.indexOf('/'))}/*`;
  const candidates = [clean, matching(ranges, anySubtype), matching(ranges, '*/*')].find((list) => list.length > 0);
  return Math.max(0, ...(candidates ?? []).map((range) => range.weight));
}

function matching(ranges: readonly MediaRange[], essence: string): readonly MediaRange[] {
  return ranges.filter((range) => range.essence === essence);
}

/** Returns null if the header is malformed or names nothing. */
function parseAccept(text: string): readonly MediaRange[] | null {
  const ranges: MediaRange[] = [];
  for (const element of splitList(text)) {
    const range = parseMediaRange(element);
    if (range === null) return null;
    ranges.push(range);
  }
  return ranges.length > 0 ? ranges : null;
}

/** Splits at the commas outside of quoted strings and leaves out empty elements (RFC 9110 §5.6.1). */
function splitList(text: string): readonly string[] {
  const elements = text.match(/(?:[^",]|"(?:[^"\\]|\\.)*"?)+/g) ?? [];
  return elements.map(trimBlanks).filter((element) => element !== '');
}

function parseMediaRange(text: string): MediaRange | null {
  const mediaType = parseMediaType(text);
  if (mediaType === null || /^\*\/[^*]/.test(mediaType.essence)) return null;
  const weights = mediaType.parameters.filter(([name]) => name === 'q').map(([, value]) => value);
  if (weights.length > 1 || !weights.every((weight) => WEIGHT.test(weight))) return null;
  const parameters = mediaType.parameters.filter(([name]) => name !== 'q');
  return { essence: mediaType.essence, parameters, weight: Number(weights[0] ?? 1) };
}
