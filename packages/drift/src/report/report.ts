import { type Entry, noticedByDiffAlone, type Score, scoreOf, scoreWithoutDiff } from './score.ts';

/** What a run is reported with. */
export interface Report {
  readonly entries: readonly Entry[];
  readonly seconds: number;
  readonly diff: string;
  /** Test files that failed without a mutant. */
  readonly redFiles: readonly string[];
}

const gateNames = ['generate', 'diff', 'lint', 'types', 'tests'];

/** The report as Markdown. */
export function markdown(run: Report): string {
  const { entries, seconds, redFiles } = run;
  const survivors = entries.filter(({ status }) => status === 'survived');
  const equivalents = entries.filter(({ status }) => status === 'equivalent');
  return [
    '# Drift',
    'Small changes of the contract, the server and the client, each of which a gate has to notice.',
    `${summaryLines(run).join('\n\n')}\n\nIt took ${Math.round(seconds)} s.`,
    '## By kind',
    kindTable(entries),
    '## Survivors',
    survivors.length === 0 ? 'None.' : survivors.map(survivorItem).join('\n'),
    ...section('## Noticed by the version rule alone', noticedByDiffAlone(entries).map(item)),
    ...section(
      '## Equivalent',
      equivalents.map((entry) => `${item(entry)}\n  ${entry.reason}`),
    ),
    ...section(
      '## Test files that fail without a mutant, too',
      redFiles.map((file) => `- ${file}`),
    ),
    '',
  ].join('\n\n');
}

function section(heading: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [heading, items.join('\n')];
}

/** The scores; the last line is the one that counts. */
export function summaryLines({ entries, diff }: Report): string[] {
  const without = `without the rule about the contract's version: ${text(scoreWithoutDiff(entries))}`;
  const byRule = `noticed by the version rule: ${entries.filter(({ isInDiff }) => isInDiff).length}`;
  return [...(diff === 'on' ? [byRule, without] : []), `drift score: ${text(scoreOf(entries))}`];
}

function text({ killed, total }: Score): string {
  return `${killed}/${total}`;
}

/** What to do about a survivor. */
export function survivorItem(entry: Entry): string {
  const { mode } = entry;
  const remedy =
    mode === 'source'
      ? 'Write a test that fails with it, remove the code that nothing needs, or list it as equivalent with a reason.'
      : 'Let a linter rule, a type or a test depend on it, or list it as equivalent with a reason.';
  return `${item(entry)}\n  ${remedy}`;
}

function item({ file, line, change, id }: Entry): string {
  return `- ${file}:${line} ${change}\n  \`${id}\``;
}

/** One row a kind: how many, what became of them, which gate noticed how many, and how long it took. */
export function kindTable(entries: readonly Entry[]): string {
  const rows = [...Map.groupBy(entries, ({ area, mode, kind }) => `${area} | ${mode} | ${kind}`)]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, own]) => row(name, own));
  const sum = row('all | | ', entries);
  const columns = ['area', 'mode', 'kind', 'mutants', 'killed', 'survived', 'equivalent', ...gateNames, 'seconds'];
  return [line(columns), line(columns.map(() => '---')), ...rows, sum].join('\n');
}

function row(name: string, entries: readonly Entry[]): string {
  const count = (status: Entry['status']): string => String(entries.filter((entry) => entry.status === status).length);
  const gates = gateNames.map((gate) => String(entries.filter((entry) => entry.gate === gate).length));
  const seconds = entries.reduce((sum, entry) => sum + entry.seconds, 0).toFixed(1);
  return line([
    name,
    String(entries.length),
    count('killed'),
    count('survived'),
    count('equivalent'),
    ...gates,
    seconds,
  ]);
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
