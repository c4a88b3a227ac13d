import { type DocumentNode, documentNodes, entries } from './document-tree.ts';

/** How well a document describes its API. */
export interface Score {
  /** Redocly's: from 0 to 100. */
  readonly agentReadiness: number;
  readonly discoverability: number;
  /** Redocly's: from 0 to 1, of the worst operation. */
  readonly documentationQuality: number;
  readonly constraintClarity: number;
  readonly exampleCoverage: number;
  readonly errorClarity: number;
  /** Share of describable nodes that have a description. */
  readonly described: number;
  /** How many examples there are. */
  readonly examples: number;
  /** How many keywords restrict a schema. */
  readonly constraints: number;
}

/** The part of `redocly score --format json` that is read here. */
export interface RedoclyScore {
  readonly agentReadiness: number;
  readonly discoverability: number;
  readonly operationScores: Readonly<Record<string, { readonly subscores: Readonly<Record<Subscore, number>> }>>;
}

type Subscore = 'documentationQuality' | 'constraintClarity' | 'exampleCoverage' | 'errorClarity';

/**
 * @param document the parsed document
 * @param redocly what `redocly score` says of it
 */
export function scoreOf(document: unknown, redocly: RedoclyScore): Score {
  const operations = Object.values(redocly.operationScores);
  const worst = (name: Subscore): number => Math.min(...operations.map(({ subscores }) => subscores[name]));
  const nodes = [...documentNodes(document)];
  const describable = nodes.filter(isDescribable);
  return {
    agentReadiness: redocly.agentReadiness,
    discoverability: redocly.discoverability,
    documentationQuality: worst('documentationQuality'),
    constraintClarity: worst('constraintClarity'),
    exampleCoverage: worst('exampleCoverage'),
    errorClarity: worst('errorClarity'),
    described: describable.filter(isDescribed).length / describable.length,
    examples: sum(nodes.map(exampleCount)),
    constraints: sum(nodes.map(constraintCount)),
  };
}

/** Where a description is missing, by JSON Pointer. */
export function undescribed(document: unknown): string[] {
  return [...documentNodes(document)].filter((node) => isDescribable(node) && !isDescribed(node)).map(toPointer);
}

/** A message for each number that is below the floor. */
export function belowFloor(score: Score, floor: Score): string[] {
  // Both have the keys of their type.
  const names = Object.keys(floor) as (keyof Score)[];
  // A number that Redocly did not give is NaN or undefined, and reaches no floor.
  const low = names.filter((name) => !(score[name] >= floor[name]));
  return low.map((name) => `${name} is ${round(score[name])}, and must be at least ${floor[name]}`);
}

export function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

const describableTypes: ReadonlySet<string> = new Set(['operation', 'parameter', 'header', 'requestBody', 'response']);

/** Schemas are described where they have a name: as a component, or as a member. */
function isDescribable({ type, value, pointer }: DocumentNode): boolean {
  if ('$ref' in value) return false;
  return describableTypes.has(type) || (type === 'schema' && /\/(?:schemas|properties|\$defs)\/[^/]*$/.test(pointer));
}

function isDescribed({ value: { description } }: DocumentNode): boolean {
  return typeof description === 'string' && description.trim() !== '';
}

function exampleCount({ type, value }: DocumentNode): number {
  if (!['schema', 'parameter', 'header', 'mediaType'].includes(type)) return 0;
  return ('example' in value ? 1 : 0) + entries(value['examples']).length;
}

const constraintKeywords = [
  ...['enum', 'const', 'format', 'pattern', 'minLength', 'maxLength'],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  ...['minItems', 'maxItems', 'uniqueItems', 'contains', 'minContains', 'maxContains'],
  ...['minProperties', 'maxProperties', 'propertyNames', 'additionalProperties', 'unevaluatedProperties'],
];

/** Every member that is required restricts by itself. */
function constraintCount({ type, value }: DocumentNode): number {
  if (type !== 'schema') return 0;
  return constraintKeywords.filter((keyword) => keyword in value).length + entries(value['required']).length;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function toPointer({ pointer }: DocumentNode): string {
  return `#${pointer}`;
}
