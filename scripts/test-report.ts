import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packages, root } from './workspace.ts';

/** One test of a run. */
export interface TestResult {
  /** Titles of the enclosing describes, outermost first, and of the test. */
  readonly titles: readonly string[];
  readonly status: 'passed' | 'failed' | 'skipped';
  /** Relative to the top level. */
  readonly file: string;
}

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

/** The folders in which tests run, relative to the top level. */
function folders(): string[] {
  const tested = packages().filter(({ manifest }) => manifest.scripts?.['test'] !== undefined);
  return [...tested.map(({ folder }) => folder), 'scripts'];
}

/** Removes the reports of earlier runs, so that a run that dies early cannot pass with the results of the one before. */
export function removeReports(): void {
  for (const folder of folders()) {
    rmSync(reportFile(folder), { force: true });
    rmSync(join(dirname(reportFile(folder)), 'coverage'), { recursive: true, force: true });
  }
}

/** Reads the results of all packages. A package whose tests did not run counts as one failure. */
export function readReports(): TestResult[] {
  return folders().flatMap((folder) => {
    const found = readReport(reportFile(folder));
    return found.length > 0 ? found : [{ titles: ['No test ran.'], status: 'failed', file: folder }];
  });
}

function readReport(file: string): TestResult[] {
  // Vitest wrote the file; a cut-off one is a SyntaxError.
  return existsSync(file) ? results(JSON.parse(readFileSync(file, 'utf8')) as Report) : [];
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

function reportFile(folder: string): string {
  return `${root}${folder}/.reports/tests.json`;
}
