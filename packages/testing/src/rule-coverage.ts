/** One test of a run. */
export interface TestResult {
  /** Titles of the enclosing describes, outermost first, and of the test. */
  readonly titles: readonly string[];
  readonly status: 'passed' | 'failed' | 'skipped';
  /** Relative to the top level. */
  readonly file: string;
}

/** One rule of docs/rules.md. */
export interface Rule {
  readonly id: string;
  readonly text: string;
}

export interface RuleCoverage {
  readonly covered: readonly Rule[];
  readonly uncovered: readonly Rule[];
  /** Tests whose title begins with the number of a rule that does not exist. */
  readonly unknown: readonly TestResult[];
  /** Tests that were left out. */
  readonly skipped: readonly TestResult[];
}

/**
 * Reads the rules from Markdown: `- **J2** What the rule demands.`, where the text may go on in indented lines.
 *
 * @throws {Error} if there is no rule, or if a number stands twice
 */
export function parseRules(markdown: string): Rule[] {
  const items = markdown.matchAll(/^- \*\*([A-Z]\d+)\*\* (.+(?:\n {2}.+)*)/gm);
  const rules = [...items].map(([, id = '', text = '']) => ({ id, text: text.replaceAll(/\s+/g, ' ') }));
  if (rules.length === 0) throw new Error('There is no rule. A rule is a line such as: - **J2** What it demands.');
  const twice = rules.find(({ id }, index) => rules.findIndex((rule) => rule.id === id) < index);
  if (twice) throw new Error(`${twice.id} stands twice. Give one of the two rules another number.`);
  return rules;
}

/** A rule is covered if a test passed that has the rule's number in its own title or in that of a describe around it. */
export function ruleCoverage(rules: readonly Rule[], tests: readonly TestResult[]): RuleCoverage {
  const passed = tests.filter(({ status }) => status === 'passed');
  const named = new Set(passed.flatMap(({ titles }) => titles.flatMap(numbers)));
  const ids = new Set(rules.map(({ id }) => id));
  return {
    covered: rules.filter(({ id }) => named.has(id)),
    uncovered: rules.filter(({ id }) => !named.has(id)),
    unknown: tests.filter(({ titles }) => titles.some((title) => leadingNumbers(title).some((id) => !ids.has(id)))),
    skipped: tests.filter(({ status }) => status === 'skipped'),
  };
}

function numbers(title: string): string[] {
  return title.match(/\b[A-Z]\d+\b/g) ?? [];
}

/** For example D3 and J2 of `D3, J2: …`. */
function leadingNumbers(title: string): string[] {
  const [list = ''] = title.match(/^[A-Z]\d{1,2}\b(?:(?:, ?| and |\/)[A-Z]\d{1,2}\b)*/) ?? [];
  return numbers(list);
}
