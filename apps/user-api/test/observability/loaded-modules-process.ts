import { registerHooks } from 'node:module';

/*
 * Says which modules the service asks for: at its start, and once traces are wanted.
 */

export interface LoadedModules {
  readonly atStart: readonly string[];
  readonly withTracing: readonly string[];
}

const specifiers = new Set<string>();
registerHooks({
  resolve(specifier, context, next) {
    specifiers.add(specifier);
    return next(specifier, context);
  },
});

await import('../../src/serve.ts');
const atStart = [...specifiers];
const { startTracing } = await import('@contract-first/service');
const tracing = await startTracing({
  endpoint: 'http://127.0.0.1:9',
  serviceName: 'user-api-test',
  serviceVersion: '0',
  onFailure: () => undefined,
});
await tracing.close();
const loaded: LoadedModules = { atStart, withTracing: [...specifiers] };
process.send?.(loaded);
