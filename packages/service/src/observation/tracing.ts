import type { Tracing, TracingOptions } from './spans.ts';

export type { Tracing, TracingOptions } from './spans.ts';

/** Starts tracing. The libraries are loaded only here, so that a service without a collector does not have them. */
export async function startTracing(options: TracingOptions): Promise<Tracing> {
  const { createTracing } = await import('./opentelemetry.ts');
  return createTracing(options);
}
