import type { Operation } from '@contract-first/core';

/** What a handler answered: the value behind the opaque `Answer` of its type. */
export class AnswerValue {
  readonly operationId: string;
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, unknown>>;

  constructor(operationId: string, status: number, body: unknown, headers: Readonly<Record<string, unknown>>) {
    this.operationId = operationId;
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

export type ReplyMethods = Readonly<Record<string, (...args: readonly unknown[]) => AnswerValue>>;

/** Makes the `reply` of one operation: a method for each declared status (see `ReplyOf`). */
export function createReply({ operationId, responses }: Operation): ReplyMethods {
  const methods = Object.entries(responses).map(([status, response]) => {
    const isExact = /^[1-5][0-9]{2}$/.test(status);
    const hasBody = Object.keys(response.content).length > 0;
    const method = (...args: readonly unknown[]): AnswerValue => {
      const rest = [...args];
      const code = isExact ? Number(status) : Number(rest.shift());
      const body = hasBody ? rest.shift() : undefined;
      return new AnswerValue(operationId, code, body, headersOf(rest[0]));
    };
    return [status, method] as const;
  });
  return Object.fromEntries(methods);
}

function headersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
