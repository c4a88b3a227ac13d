import type { Contract, Operation } from '@contract-first/core';

/** The part of an HTTP Archive that is read here (HAR 1.2). */
export interface Archive {
  readonly log: { readonly entries: readonly Exchange[] };
}

export interface Exchange {
  readonly request: { readonly method: string; readonly url: string };
  readonly response: {
    readonly status: number;
    readonly content: { readonly mimeType?: string; readonly size?: number; readonly text?: string };
  };
}

/** The part of `redocly drift --format json` that is read here. */
export interface DriftReport {
  readonly run: {
    readonly documentedExchanges: number;
    readonly undocumentedExchanges: number;
    readonly totalProblems: number;
  };
  readonly problems: readonly Problem[];
}

interface Problem {
  readonly ruleId: string;
  readonly message: string;
  readonly operationId?: string;
  readonly target?: string;
  readonly status?: number;
}

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

/** The checks that did not succeed. Their messages are left out, because they quote bodies. */
export function failedChecks({ files }: RespectReport): string[] {
  const workflows = Object.values(files).flatMap(({ executedWorkflows }) => executedWorkflows);
  const steps = workflows.flatMap(({ workflowId, executedSteps }) =>
    executedSteps.flatMap(({ stepId, checks }) =>
      checks
        .filter(({ status }) => status !== 'success')
        .map(
          ({ name, condition }) => `${workflowId}.${stepId}: ${name}${condition === undefined ? '' : `: ${condition}`}`,
        ),
    ),
  );
  return workflows.length === 0 ? ['No workflow was run.'] : steps;
}

/** What drift has to complain of. Traffic that it did not look at is a complaint, too. */
export function driftComplaints({ run, problems }: DriftReport, exchanges: number): string[] {
  const seen = run.documentedExchanges + run.undocumentedExchanges;
  return [
    ...(run.undocumentedExchanges > 0 ? [`${run.undocumentedExchanges} exchanges are not in the contract.`] : []),
    ...(seen === exchanges ? [] : [`Only ${seen} of ${exchanges} exchanges were compared with the contract.`]),
    ...problems.map(describeProblem),
  ];
}

function describeProblem({ operationId, target, status, message, ruleId }: Problem): string {
  return `${operationId ?? 'unknown operation'}, ${target ?? 'exchange'} of a ${status}: ${message} (${ruleId})`;
}

/**
 * Exchanges whose operation, status or media type the contract does not have, which drift does not look for.
 *
 * @param url of the API, base path included
 */
export function undeclaredExchanges<Operations>(
  exchanges: readonly Exchange[],
  contract: Contract<Operations>,
  url: string,
): string[] {
  const operations = Object.values<Operation>(contract.operations);
  return exchanges.flatMap(({ request, response }) => {
    const path = new URL(request.url).pathname.slice(new URL(url).pathname.length);
    const operation = operations.find((each) => isOf(each, request.method, path));
    const name = `${request.method} ${operation?.path ?? path}`;
    if (operation === undefined) return [`${name}: the contract has no such operation`];
    const declared = operation.responses[String(response.status)];
    if (declared === undefined) return [`${name}: the contract has no status ${response.status}`];
    const mediaTypes = Object.keys(declared.content);
    const mediaType = response.content.mimeType ?? '';
    const isDeclared = mediaTypes.length === 0 ? !response.content.text : mediaTypes.includes(mediaType);
    return isDeclared ? [] : [`${name}: ${response.status} must not be "${mediaType}"`];
  });
}

function isOf(operation: Operation, method: string, path: string): boolean {
  const template = operation.path.split('/');
  const segments = path.split('/');
  const isPath =
    template.length === segments.length &&
    template.every((part, index) => part.startsWith('{') || part === segments[index]);
  return isPath && operation.method.toUpperCase() === method.toUpperCase();
}
