export { type CheckResult, failed, ok, warning } from './commands/check-result.ts';
export { CommandFailure, type CommandIo, createCommand, reasonOf, runCommand } from './commands/command.ts';
export { type Line, readLines } from './commands/lines.ts';
export { type Progress, type ProgressOutput, showProgress } from './commands/progress.ts';
export {
  ConfigurationError,
  type ConfigurationProblem,
  type Environment,
  type EnvironmentReading,
  environmentReference,
  readEnvironment,
  type ValuesOf,
  type VariableReference,
  type Variables,
} from './configuration/environment.ts';
export {
  addressList,
  host,
  integerBetween,
  issuer,
  oneOf,
  originList,
  path,
  serviceUrl,
  word,
} from './configuration/values.ts';
export { optional, type Variable, withDefault } from './configuration/variable.ts';
export { type AdminServer, startAdminServer } from './health/admin-server.ts';
export { createReadiness, type Readiness, type ReadinessCheck } from './health/readiness.ts';
export { type EventLoopDelay, watchEventLoopDelay } from './limits/event-loop-delay.ts';
export { createOverload, type Overload, type OverloadReason } from './limits/overload.ts';
export { rateLimitAdmission, subjectRateLimitAdmission } from './limits/rate-limit.ts';
export { createLogger, type LogLevel } from './logging/logger.ts';
export { type ExchangeObserver, type ObservedExchange, observeExchanges } from './observation/exchanges.ts';
export { createMetrics, type Metrics } from './observation/metrics.ts';
export { addStateMetrics, type StateMetric } from './observation/state-metrics.ts';
export { startTracing, type Tracing } from './observation/tracing.ts';
export { drainSteps } from './shutdown/draining.ts';
export { prepareShutdown, type Shutdown, type ShutdownStep } from './shutdown/shutdown.ts';
