import { existsSync, readFileSync, rmSync } from 'node:fs';
import { packages, root } from '@contract-first/release';
import type { TestResult } from '@contract-first/testing/rule-coverage';

/** The part of Vitest's JSON report that is read here. */
interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
    }[];
  }[];
}

/** Where Vitest writes its results, and the recorder of exchanges what it saw. */
const report = `${root}.reports/tests.json`;
const coverage = `${root}apps/user-api/.reports/coverage`;

/** Removes the reports of earlier runs, so that a run that dies early cannot pass with the results of the one before. */
export function removeReports(): void {
  rmSync(report, { force: true });
  rmSync(coverage, { recursive: true, force: true });
}

/** Reads the results of the run. A folder whose tests did not run counts as one failure. */
export function readReports(): TestResult[] {
  // Vitest wrote the file; a cut-off one is a SyntaxError.
  const found = existsSync(report) ? results(JSON.parse(readFileSync(report, 'utf8')) as Report) : [];
  const silent = folders().filter((folder) => !found.some(({ file }) => file.startsWith(`${folder}/`)));
  return [...found, ...silent.map((file) => ({ titles: ['No test ran.'], status: 'failed' as const, file }))];
}

/** The folders in which tests run, relative to the top level. */
function folders(): string[] {
  const tested = packages().filter(({ folder }) => existsSync(`${root}${folder}/test`));
  return [...tested.map(({ folder }) => folder), 'scripts'];
}

/** The results in one report. A file that could not be loaded has no tests and counts as one failure. */
export function results(report: Report): TestResult[] {
  return report.testResults.flatMap(({ name, status, assertionResults }) => {
    const file = name.startsWith(root) ? name.slice(root.length) : name;
    if (assertionResults.every((test) => test.status !== 'failed') && status === 'failed') {
      return [...tests(file, assertionResults), { titles: ['The file failed.'], status: 'failed' as const, file }];
    }
    return tests(file, assertionResults);
  });
}

function tests(file: string, assertions: Report['testResults'][number]['assertionResults']): TestResult[] {
  return assertions.map(({ ancestorTitles, title, status }) => ({
    titles: [...ancestorTitles, title],
    status: status === 'passed' || status === 'failed' ? status : 'skipped',
    file,
  }));
}
