/** The part of `redocly respect --json-output` that is read here. */
export interface RespectReport {
  readonly files: Readonly<Record<string, { readonly executedWorkflows: readonly ExecutedWorkflow[] }>>;
}

interface ExecutedWorkflow {
  readonly workflowId: string;
  readonly executedSteps: readonly {
    readonly stepId: string;
    readonly checks: readonly { readonly name: string; readonly status: string; readonly condition?: string }[];
  }[];
}

/** What came out of a run of workflows. */
export interface RespectVerdict {
  readonly steps: number;
  /** The checks that did not succeed. Their messages are left out, because they quote bodies. */
  readonly complaints: readonly string[];
}

/** Reads a report. One without a step is a complaint, too. */
export function failedChecks({ files }: RespectReport): RespectVerdict {
  const steps = Object.values(files)
    .flatMap(({ executedWorkflows }) => executedWorkflows)
    .flatMap(({ workflowId, executedSteps }) => executedSteps.map((step) => ({ workflowId, ...step })));
  if (steps.length === 0) return { steps: 0, complaints: ['No step of a workflow was run.'] };
  const complaints = steps.flatMap(({ workflowId, stepId, checks }) =>
    checks
      .filter(({ status }) => status !== 'success')
      .map(({ name, condition = '' }) => `${workflowId}.${stepId}: ${name} ${condition}`.trimEnd()),
  );
  return { steps: steps.length, complaints };
}
