import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { type DocumentNode, documentNodes, isRecord } from '../document-tree.ts';
import { redoclyJson } from '../redocly.ts';
import { floor } from '../score-floor.ts';
import { belowFloor, type RedoclyScore, scoreOf, undescribed } from '../score-report.ts';
import { documentText, edited } from './document.ts';

const parsed: unknown = parse(documentText);

const perfect: RedoclyScore = {
  agentReadiness: 100,
  discoverability: 100,
  operationScores: {
    GetUser: { subscores: { documentationQuality: 1, constraintClarity: 1, exampleCoverage: 1, errorClarity: 1 } },
  },
};

/** The floor, with the counts that openapi.yaml has now: it may have grown. */
const { examples, constraints } = scoreOf(parsed, perfect);
const reached = { ...floor, examples, constraints };

function complaints(document: unknown, redocly = perfect): string[] {
  return belowFloor(scoreOf(document, redocly), reached);
}

/** Every place of the document that has one of the members, outside of prose. */
function placesOf(...names: readonly string[]): [string, string][] {
  const nodes = [...documentNodes(parsed)];
  return nodes.flatMap(({ pointer, type, value }) =>
    names.filter((name) => name in value && isCounted(type)).map((name): [string, string] => [pointer, name]),
  );
}

/** Neither maps, whose entries have names of their own, nor what has a reference beside. */
function isCounted(type: DocumentNode['type']): boolean {
  return ['operation', 'parameter', 'header', 'requestBody', 'response', 'schema', 'mediaType'].includes(type);
}

function without(pointer: string, name: string): unknown {
  const document = structuredClone(parsed);
  const node = [...documentNodes(document)].find((candidate) => candidate.pointer === pointer);
  if (node === undefined || !isRecord(node.value)) throw new Error(`${pointer} is not there`);
  Reflect.deleteProperty(node.value, name);
  return document;
}

test('openapi.yaml reaches the floor, and says so by the real redocly', async () => {
  // The shape is Redocly's own.
  const score = (await redoclyJson('score', 'openapi.yaml')) as RedoclyScore;
  expect(belowFloor(scoreOf(parsed, score), floor)).toEqual([]);
});

describe('whatever is removed, the score falls below the floor', () => {
  const parts = [
    ['examples', placesOf('example', 'examples')],
    ['constraints', placesOf('maxLength', 'format', 'pattern', 'enum', 'const', 'maximum', 'maxItems', 'required')],
  ] as const;

  test.each(parts)('%s', (name, places) => {
    const counted = places.filter(([pointer, member]) => member !== 'required' || pointer.includes('/schemas/'));
    expect(counted.length).toBeGreaterThan(20);
    for (const [pointer, member] of counted) {
      expect(complaints(without(pointer, member)), `${pointer} without ${member}`).toEqual([
        expect.stringMatching(`^${name} is`),
      ]);
    }
  });

  test('descriptions', () => {
    const places = placesOf('description').filter(
      ([pointer]) => undescribed(without(pointer, 'description')).length > 0,
    );
    expect(places.length).toBeGreaterThan(60);
    for (const [pointer] of places) {
      const document = without(pointer, 'description');
      expect(complaints(document)).toEqual([expect.stringMatching('^described is')]);
      expect(undescribed(document)).toEqual([`#${pointer}`]);
    }
  });
});

test('redocly misses a description, too', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'user-api-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'openapi.yaml'), edited('      description: The given name.\n', ''));
  const score = (await redoclyJson('score', join(folder, 'openapi.yaml'))) as RedoclyScore;
  expect(complaints(parsed, score)).toEqual([expect.stringMatching('^documentationQuality is')]);
});

test('a number that redocly does not give reaches no floor', () => {
  const { agentReadiness: _, ...rest } = perfect;
  // As if another release of Redocly had another shape.
  expect(complaints(parsed, rest as RedoclyScore)).toEqual([expect.stringMatching('^agentReadiness is')]);
});
