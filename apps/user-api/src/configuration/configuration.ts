import { type ConfigurationProblem, type Environment, readEnvironment, type ValuesOf } from '@contract-first/service';
import { type VariableName, variables } from './variables.ts';

type Values = ValuesOf<typeof variables>;

/** What is configured alike in every mode. */
interface CommonConfiguration {
  readonly host: string;
  readonly port: number;
  readonly logLevel: Values['LOG_LEVEL'];
  readonly audience: string;
  readonly tokenProfile: Values['OIDC_TOKEN_PROFILE'];
  /** Seconds. */
  readonly clockTolerance: number;
  readonly requiredIdentityProvider: string | null;
  readonly identityProviderClaim: string;
  /** Requests a minute and address; 0 is no limit. */
  readonly rateLimit: number;
  /** Requests a minute and token subject; 0 is no limit. */
  readonly rateLimitSubject: number;
  /** Requests at once; 0 is no limit. */
  readonly maxInFlight: number;
  /** Statements that wait for a connection; 0 is no limit. */
  readonly maxDatabaseQueue: number;
  /** Milliseconds; 0 is no limit. */
  readonly maxEventLoopDelay: number;
  /** Bytes. */
  readonly bodyLimit: number;
  /** Milliseconds. */
  readonly requestTimeout: number;
  /** Milliseconds. */
  readonly shutdownTimeout: number;
  /** Milliseconds. */
  readonly drainDelay: number;
  readonly contractViolations: Values['CONTRACT_VIOLATIONS'];
  /** Addresses and CIDR ranges; empty for none. */
  readonly trustProxy: readonly string[];
  readonly corsOrigins: readonly string[];
  /** Where health checks and metrics are served; null for nowhere. */
  readonly admin: AdminAddress | null;
  /** Where traces are sent; null for nowhere. */
  readonly tracing: TracingTarget | null;
  /** Nothing that keeps the service from starting, but somebody should look at it. */
  readonly warnings: readonly string[];
}

export interface AdminAddress {
  readonly host: string;
  readonly port: number;
}

export interface TracingTarget {
  readonly endpoint: string;
  readonly serviceName: string;
}

export interface PostgresLocation {
  readonly kind: 'postgres';
  readonly url: string;
  readonly preparedStatements: boolean;
}

export interface PgliteLocation {
  readonly kind: 'pglite';
  readonly directory: string;
}

export interface ExternalIdentityProvider {
  readonly kind: 'external';
  readonly issuer: string;
}

/** An identity provider that this process starts and that lets everybody in as anybody. */
export interface DevelopmentIdentityProvider {
  readonly kind: 'development';
  readonly port: number;
  /** Where its keys are kept. */
  readonly directory: string;
}

export interface ProductionConfiguration extends CommonConfiguration {
  readonly mode: 'production';
  readonly storage: PostgresLocation;
  readonly identityProvider: ExternalIdentityProvider;
}

export interface DevelopmentConfiguration extends CommonConfiguration {
  readonly mode: 'development';
  readonly storage: PostgresLocation | PgliteLocation;
  readonly identityProvider: ExternalIdentityProvider | DevelopmentIdentityProvider;
}

export type Configuration = DevelopmentConfiguration | ProductionConfiguration;

/**
 * Reads the configuration. An empty variable counts as one that is not set.
 *
 * @throws {@link ConfigurationError} with every problem at once
 */
export function readConfiguration(environment: Environment): Configuration {
  const check = (values: Values): readonly ConfigurationProblem[] => contradictions(environment, values);
  const { values, warnings } = readEnvironment(variables, environment, check);
  return configurationOf(values, warnings);
}

function contradictions(environment: Environment, values: Values): readonly ConfigurationProblem[] {
  const isSet = (name: VariableName): boolean => (environment[name] ?? '') !== '';
  const problems: ConfigurationProblem[] = [];
  if (values.NODE_ENV === 'production') {
    for (const variable of ['DATABASE_URL', 'OIDC_ISSUER', 'OIDC_AUDIENCE'] as const) {
      if (isSet(variable)) continue;
      problems.push({ variable, message: `is required in production: expected ${variables[variable].expected}` });
    }
  }
  if (isSet('DATABASE_URL') && isSet('DATA_DIR')) {
    problems.push({ variable: 'DATA_DIR', message: 'cannot be used with DATABASE_URL: remove one of the two' });
  }
  if (!isSet('OIDC_ISSUER') && values.PORT !== 0 && values.PORT === values.DEVELOPMENT_ISSUER_PORT) {
    const message = `must differ from PORT, which is ${values.PORT} too`;
    problems.push({ variable: 'DEVELOPMENT_ISSUER_PORT', message });
  }
  if (values.ADMIN_PORT !== null && values.ADMIN_PORT !== 0 && values.ADMIN_PORT === values.PORT) {
    problems.push({ variable: 'ADMIN_PORT', message: `must differ from PORT, which is ${values.PORT} too` });
  }
  return problems;
}

function configurationOf(values: Values, warnings: readonly string[]): Configuration {
  const common = commonConfiguration(values, warnings);
  const { NODE_ENV: mode, DATABASE_URL: url, OIDC_ISSUER: issuer } = values;
  if (mode === 'production') {
    // Both were asked for before; the compiler cannot know.
    if (url === null || issuer === null) throw new TypeError('production without DATABASE_URL or OIDC_ISSUER');
    return { ...common, mode, storage: postgresLocation(values, url), identityProvider: { kind: 'external', issuer } };
  }
  return {
    ...common,
    mode: 'development',
    storage: url === null ? { kind: 'pglite', directory: values.DATA_DIR } : postgresLocation(values, url),
    identityProvider:
      issuer === null
        ? { kind: 'development', port: values.DEVELOPMENT_ISSUER_PORT, directory: values.DATA_DIR }
        : { kind: 'external', issuer },
  };
}

function postgresLocation({ PREPARED_STATEMENTS }: Values, url: string): PostgresLocation {
  return { kind: 'postgres', url, preparedStatements: PREPARED_STATEMENTS === 'on' };
}

function adminAddress({ ADMIN_HOST: host, ADMIN_PORT: port }: Values): AdminAddress | null {
  return port === null ? null : { host, port };
}

function tracingTarget({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SERVICE_NAME: serviceName }: Values) {
  return endpoint === null ? null : { endpoint, serviceName };
}

function commonConfiguration(values: Values, warnings: readonly string[]): CommonConfiguration {
  return {
    host: values.HOST,
    port: values.PORT,
    logLevel: values.LOG_LEVEL,
    audience: values.OIDC_AUDIENCE,
    tokenProfile: values.OIDC_TOKEN_PROFILE,
    clockTolerance: values.CLOCK_TOLERANCE,
    requiredIdentityProvider: values.REQUIRED_IDENTITY_PROVIDER,
    identityProviderClaim: values.IDENTITY_PROVIDER_CLAIM,
    rateLimit: values.RATE_LIMIT,
    rateLimitSubject: values.RATE_LIMIT_SUBJECT,
    maxInFlight: values.MAX_IN_FLIGHT,
    maxDatabaseQueue: values.MAX_DATABASE_QUEUE,
    maxEventLoopDelay: values.MAX_EVENT_LOOP_DELAY,
    bodyLimit: values.BODY_LIMIT,
    requestTimeout: values.REQUEST_TIMEOUT * 1_000,
    shutdownTimeout: values.SHUTDOWN_TIMEOUT * 1_000,
    drainDelay: values.DRAIN_DELAY * 1_000,
    contractViolations: values.CONTRACT_VIOLATIONS,
    trustProxy: values.TRUST_PROXY,
    corsOrigins: values.CORS_ORIGINS,
    admin: adminAddress(values),
    tracing: tracingTarget(values),
    warnings,
  };
}
