import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { redoclyJson } from './redocly.ts';
import { contractFile } from './release.ts';
import { floor } from './score-floor.ts';
import { belowFloor, type RedoclyScore, round, type Score, scoreOf, undescribed } from './score-report.ts';
import { root } from './workspace.ts';

/** Scores openapi.yaml, and exits with 1 if a number is below its floor in scripts/score-floor.ts. */

const document: unknown = parse(readFileSync(root + contractFile, 'utf8'));
// The shape is Redocly's own; a number that is missing reaches no floor.
const score = scoreOf(document, (await redoclyJson('score', contractFile)) as RedoclyScore);
for (const [name, value] of Object.entries(score)) {
  // It has the keys of its type.
  console.log(`${name.padEnd(21)}${String(round(value)).padStart(7)}  at least ${floor[name as keyof Score]}`);
}
for (const pointer of undescribed(document)) console.error(`${contractFile}${pointer} has no description.`);
const complaints = belowFloor(score, floor);
for (const complaint of complaints) console.error(complaint);
if (complaints.length > 0) {
  console.error(
    'Describe, show and restrict what was added, or put back what was removed. See scripts/score-floor.ts.',
  );
  process.exitCode = 1;
}
