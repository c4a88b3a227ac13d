import {
  ConfigurationError,
  type ConfigurationProblem,
  type Environment,
  environmentReference,
} from '@contract-first/service';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { readConfiguration } from '../../src/configuration/configuration.ts';
import { variables } from '../../src/configuration/variables.ts';

const configurationReference = environmentReference(variables);

const production = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://service:secret-password@db.example:5432/users',
  OIDC_ISSUER: 'https://id.example/auth/realms/users',
  OIDC_AUDIENCE: 'user-api',
};

function refusal(environment: Environment): ConfigurationError {
  try {
    readConfiguration(environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

function problems(environment: Environment): readonly ConfigurationProblem[] {
  return refusal(environment).problems;
}

test('an empty environment is a complete configuration for development', () => {
  expect(readConfiguration({})).toEqual({
    mode: 'development',
    host: '127.0.0.1',
    port: 3000,
    logLevel: 'info',
    storage: { kind: 'pglite', directory: '.data' },
    identityProvider: { kind: 'development', port: 3001, directory: '.data' },
    audience: 'user-api',
    tokenProfile: 'rfc9068',
    clockTolerance: 30,
    requiredIdentityProvider: null,
    identityProviderClaim: 'identity_provider',
    rateLimit: 600,
    rateLimitSubject: 600,
    maxInFlight: 1000,
    maxDatabaseQueue: 100,
    maxEventLoopDelay: 500,
    bodyLimit: 65_536,
    requestTimeout: 30_000,
    shutdownTimeout: 10_000,
    drainDelay: 0,
    contractViolations: 'refuse',
    trustProxy: [],
    corsOrigins: [],
    admin: null,
    tracing: null,
    warnings: [],
  });
});

test('statements are prepared unless that is switched off', () => {
  expect(readConfiguration(production).storage).toMatchObject({ preparedStatements: true });
  const pooled = readConfiguration({ ...production, PREPARED_STATEMENTS: 'off' });
  expect(pooled.storage).toMatchObject({ preparedStatements: false });
});

test('production has a database and an identity provider of its own, also for the compiler', () => {
  const configuration = readConfiguration(production);
  if (configuration.mode !== 'production') throw new Error('not in production');
  expectTypeOf(configuration.storage.kind).toEqualTypeOf<'postgres'>();
  expectTypeOf(configuration.identityProvider.kind).toEqualTypeOf<'external'>();
  expect(configuration).toMatchObject({
    storage: { kind: 'postgres', url: production.DATABASE_URL },
    identityProvider: { kind: 'external', issuer: production.OIDC_ISSUER },
  });
});

test('production names everything that it lacks at once', () => {
  const found = problems({ NODE_ENV: 'production' });
  expect(found.map(({ variable }) => variable)).toEqual(['DATABASE_URL', 'OIDC_ISSUER', 'OIDC_AUDIENCE']);
  for (const { message } of found) expect(message).toMatch(/^is required in production: expected /);
});

test('test is development under another name', () => {
  expect(readConfiguration({ NODE_ENV: 'test' }).mode).toBe('development');
});

test('development can use a real database and a real identity provider', () => {
  const { DATABASE_URL, OIDC_ISSUER } = production;
  expect(readConfiguration({ DATABASE_URL, OIDC_ISSUER })).toMatchObject({
    mode: 'development',
    storage: { kind: 'postgres' },
    identityProvider: { kind: 'external' },
  });
});

test('every problem is told at once, with name, value and what is expected', () => {
  const error = refusal({ PORT: '70000', LOG_LEVEL: 'loud', RATE_LIMIT: '-1', DATABASE_URL: 'x', DATA_DIR: 'y' });
  expect(error.message).toBe(
    [
      'the configuration is not valid:',
      '  PORT: "70000" is not a whole number from 0 to 65535',
      '  LOG_LEVEL: "loud" is not trace, debug, info, warn, error, fatal or silent',
      '  DATABASE_URL: its value is not postgres://user:password@host:port/database, with commas between several hosts',
      '  RATE_LIMIT: "-1" is not a whole number from 0 to 1000000',
      '  DATA_DIR: cannot be used with DATABASE_URL: remove one of the two',
    ].join('\n'),
  );
});

test('a secret is not shown', () => {
  const { message } = refusal({
    DATABASE_URL: 'mysql://service:secret-password@db.example/users',
    OIDC_ISSUER: 'https://service:secret-password@id.example',
  });
  expect(message).toContain('DATABASE_URL');
  expect(message).toContain('OIDC_ISSUER');
  expect(message).not.toContain('secret-password');
});

test('an empty variable counts as one that is not set', () => {
  expect(readConfiguration({ PORT: '', DATABASE_URL: '', DATA_DIR: '' })).toEqual(readConfiguration({}));
  expect(problems({ ...production, OIDC_AUDIENCE: '' })).toHaveLength(1);
});

test('the admin server cannot share the port of the API', () => {
  expect(problems({ ADMIN_PORT: '3000' })).toMatchObject([{ variable: 'ADMIN_PORT' }]);
  expect(readConfiguration({ PORT: '0', ADMIN_PORT: '0' })).toMatchObject({ admin: { port: 0 } });
});

test('the two servers of development cannot share a port', () => {
  expect(problems({ PORT: '3001' })).toMatchObject([{ variable: 'DEVELOPMENT_ISSUER_PORT' }]);
  expect(readConfiguration({ PORT: '0', DEVELOPMENT_ISSUER_PORT: '0' })).toMatchObject({ port: 0 });
  expect(readConfiguration({ ...production, PORT: '3001' })).toMatchObject({ port: 3001 });
});

describe('values', () => {
  const accepted: readonly [string, string, object][] = [
    ['HOST', '0.0.0.0', { host: '0.0.0.0' }],
    ['HOST', '::', { host: '::' }],
    ['HOST', 'localhost', { host: 'localhost' }],
    ['PORT', '0', { port: 0 }],
    ['PORT', '65535', { port: 65_535 }],
    ['LOG_LEVEL', 'silent', { logLevel: 'silent' }],
    ['DATABASE_URL', 'postgresql://db/users', { storage: { kind: 'postgres', url: 'postgresql://db/users' } }],
    ['DATABASE_URL', 'postgres://one:5432,two/db', { storage: { url: 'postgres://one:5432,two/db' } }],
    ['DATA_DIR', '/var/lib/user api', { storage: { kind: 'pglite', directory: '/var/lib/user api' } }],
    [
      'OIDC_ISSUER',
      'http://127.0.0.1:3001',
      { identityProvider: { kind: 'external', issuer: 'http://127.0.0.1:3001' } },
    ],
    ['OIDC_ISSUER', 'http://localhost:3001/', { identityProvider: { issuer: 'http://localhost:3001/' } }],
    ['OIDC_ISSUER', 'http://[::1]:3001', { identityProvider: { issuer: 'http://[::1]:3001' } }],
    ['OIDC_TOKEN_PROFILE', 'keycloak', { tokenProfile: 'keycloak' }],
    ['CLOCK_TOLERANCE', '60', { clockTolerance: 60 }],
    ['REQUIRED_IDENTITY_PROVIDER', 'github', { requiredIdentityProvider: 'github' }],
    ['RATE_LIMIT', '0', { rateLimit: 0 }],
    ['REQUEST_TIMEOUT', '5', { requestTimeout: 5_000 }],
    ['SHUTDOWN_TIMEOUT', '600', { shutdownTimeout: 600_000 }],
    ['CONTRACT_VIOLATIONS', 'report', { contractViolations: 'report' }],
    [
      'TRUST_PROXY',
      '10.0.0.0/8, ::1,192.168.1.1,fd00::/8',
      { trustProxy: ['10.0.0.0/8', '::1', '192.168.1.1', 'fd00::/8'] },
    ],
    ['TRUST_PROXY', 'off', { trustProxy: [] }],
    ['RATE_LIMIT_SUBJECT', '0', { rateLimitSubject: 0 }],
    ['MAX_IN_FLIGHT', '0', { maxInFlight: 0 }],
    ['MAX_DATABASE_QUEUE', '0', { maxDatabaseQueue: 0 }],
    ['MAX_EVENT_LOOP_DELAY', '250', { maxEventLoopDelay: 250 }],
    ['DRAIN_DELAY', '15', { drainDelay: 15_000 }],
    ['CORS_ORIGINS', 'off', { corsOrigins: [] }],
    [
      'CORS_ORIGINS',
      'https://app.example, http://localhost:5173',
      { corsOrigins: ['https://app.example', 'http://localhost:5173'] },
    ],
    ['ADMIN_PORT', '9464', { admin: { host: '127.0.0.1', port: 9464 } }],
    [
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      'http://collector:4318',
      { tracing: { endpoint: 'http://collector:4318', serviceName: 'user-api' } },
    ],
  ];
  test.each(accepted)('%s accepts %s', (name, text, expected) => {
    expect(readConfiguration({ [name]: text })).toMatchObject(expected);
  });

  const refused: readonly [string, readonly string[]][] = [
    ['NODE_ENV', ['prod', 'Production', 'staging']],
    ['HOST', ['http://localhost', 'a b', '-x', '256.0.0.1/8', 'localhost:3000']],
    ['PORT', ['65536', '-1', '3000.5', '3e3', '0x10', ' 3000', 'NaN', 'true']],
    ['LOG_LEVEL', ['INFO', 'verbose']],
    ['DATABASE_URL', ['mysql://db/users', 'postgres:users', 'db/users', 'postgres://']],
    [
      'OIDC_ISSUER',
      [
        'http://id.example',
        'https://id.example?x=1',
        'https://id.example#x',
        'id.example',
        'https://',
        'http://127.0.0.1.example',
        'https://user@id.example',
      ],
    ],
    ['OIDC_AUDIENCE', ['user api', ' user-api', 'a\tb']],
    ['OIDC_TOKEN_PROFILE', ['jwt', 'RFC9068']],
    ['CLOCK_TOLERANCE', ['61', '-1', '1.5', '10s']],
    ['RATE_LIMIT', ['off', '1000001']],
    ['BODY_LIMIT', ['0', '64k', '1023', '16777217']],
    ['REQUEST_TIMEOUT', ['0', '601', 'none']],
    ['SHUTDOWN_TIMEOUT', ['0', '601']],
    ['CONTRACT_VIOLATIONS', ['ignore', 'true']],
    ['RATE_LIMIT_SUBJECT', ['off', '1000001']],
    ['MAX_IN_FLIGHT', ['off', '-1']],
    ['MAX_DATABASE_QUEUE', ['off', '-1']],
    ['MAX_EVENT_LOOP_DELAY', ['0.5', '60001']],
    ['DRAIN_DELAY', ['301', '1s']],
    [
      'CORS_ORIGINS',
      [
        '*',
        'null',
        'app.example',
        'https://app.example/',
        'https://App.example',
        'https://app.example:443',
        'file://x',
      ],
    ],
    ['ADMIN_HOST', ['http://localhost', '*']],
    ['ADMIN_PORT', ['65536', 'off']],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', ['collector:4318', 'grpc://collector', 'http://user:secret@collector']],
    ['OTEL_SERVICE_NAME', ['user api']],
    [
      'TRUST_PROXY',
      ['on', 'true', '10.0.0.0/33', '::/129', '10.0.0/8', '10.0.0.1,', '10.0.0.0/8/8', 'localhost', '10.0.0.0/'],
    ],
  ];
  test.each(refused.flatMap(([name, texts]) => texts.map((text) => [name, text])))('%s refuses %j', (name, text) => {
    expect(problems({ [name ?? '']: text })).toMatchObject([{ variable: name }]);
  });
});

describe('variables that look like one of ours', () => {
  test.each([
    ['OIDC_ISUER', 'OIDC_ISSUER'],
    ['OIDC_ISSUERS', 'OIDC_ISSUER'],
    ['ODIC_AUDIENCE', 'OIDC_AUDIENCE'],
    ['DATABASE_URI', 'DATABASE_URL'],
    ['LOGLEVEL', 'LOG_LEVEL'],
    ['rate_limit', 'RATE_LIMIT'],
    ['port', 'PORT'],
  ])('%s is warned of', (name, meant) => {
    const { warnings } = readConfiguration({ [name]: 'secret-value' });
    expect(warnings).toEqual([`${name}: is not a variable of this service: did you mean ${meant}?`]);
  });

  test('names of other programs are left alone', () => {
    const others = [
      'PATH',
      'HOME',
      'HOSTNAME',
      'POST',
      'NODE_OPTIONS',
      'NODE_PATH',
      'XDG_DATA_DIRS',
      'MAIL',
      'SHELL',
      'LOGNAME',
    ];
    const environment = Object.fromEntries(others.map((name) => [name, 'x']));
    expect(readConfiguration(environment).warnings).toEqual([]);
  });

  test('a refusal has the warnings too, because a typo is often its reason', () => {
    const { message } = refusal({ ...production, OIDC_ISSUER: undefined, OIDC_ISUER: 'https://id.example' });
    expect(message).toContain('did you mean OIDC_ISSUER?');
  });
});

test('the reference explains every variable, with a default that reads as the configuration has it', () => {
  const defaults = configurationReference.flatMap(({ name, default: text }) => (text === null ? [] : [[name, text]]));
  expect(readConfiguration(Object.fromEntries(defaults))).toEqual(readConfiguration({}));
  expect(configurationReference).toHaveLength(30);
  for (const { description, expected } of configurationReference) {
    expect(description).toMatch(/^[A-Z].*\.$/);
    expect(expected).not.toBe('');
  }
});
