import type { Cell } from './cells.ts';
import type { Results } from './results.ts';
import { listed, matchesOf, type Unreachable } from './unreachable.ts';

/** What the recorded exchanges say about a contract. */
export interface Report {
  readonly total: number;
  /** Covered cells. */
  readonly covered: number;
  /** Cells listed as unreachable and not covered. */
  readonly unreachable: number;
  /** Cells that are neither covered nor listed. */
  readonly uncovered: readonly Cell[];
  readonly faults: readonly string[];
  /** What is wrong with the list of unreachable cells, one line each. */
  readonly listFaults: readonly string[];
}

export function createReport(
  cells: readonly Cell[],
  results: Results,
  unreachable: readonly Unreachable[] = [],
): Report {
  const ids = cells.map(({ id }) => id);
  const reached = new Set(results.cells);
  const excused = new Set(unreachable.flatMap((entry) => listed(entry, ids)));
  return {
    total: cells.length,
    covered: ids.filter((id) => reached.has(id)).length,
    unreachable: ids.filter((id) => excused.has(id) && !reached.has(id)).length,
    uncovered: cells.filter(({ id }) => !reached.has(id) && !excused.has(id)),
    faults: results.faults,
    listFaults: unreachable.flatMap((entry) => checkEntry(entry, ids, reached)),
  };
}

function checkEntry(entry: Unreachable, ids: readonly string[], reached: ReadonlySet<string>): readonly string[] {
  return matchesOf(entry, ids).flatMap(({ pattern, found }) => {
    if (found.length === 0) return [`${pattern}: listed as unreachable, but there is no such cell; remove the entry`];
    return found
      .filter((id) => reached.has(id))
      .map((id) => `${id}: listed as unreachable (${entry.cells}), but it was covered; take it off the list`);
  });
}

export function isGreen({ faults, listFaults, uncovered }: Report): boolean {
  return faults.length + listFaults.length + uncovered.length === 0;
}

/** The report for people, grouped by operation. */
export function renderReport(report: Report): string {
  const { covered, faults, listFaults, total, uncovered, unreachable } = report;
  const groups = [...Map.groupBy(uncovered, ({ operationId }) => operationId)].map(([operationId, cells]) => [
    `${operationId}: ${cells.length} not covered`,
    ...cells.map(({ id, place, remedy }) => `  ${place}  ${id.slice(operationId.length + 1)}\n      ${remedy}`),
  ]);
  const sections = [
    ...(faults.length > 0 ? [[`Faults: ${faults.length}`, ...faults.map((fault) => `  ${fault}`)]] : []),
    ...(listFaults.length > 0 ? [['Unreachable list:', ...listFaults.map((fault) => `  ${fault}`)]] : []),
    ...groups,
    [`${covered} of ${total} cells covered, ${unreachable} listed as unreachable, ${faults.length} faults`],
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}
