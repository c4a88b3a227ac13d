import { databaseUrls } from '@contract-first/database';
import {
  addressList,
  host,
  integerBetween,
  issuer,
  oneOf,
  optional,
  originList,
  path,
  serviceUrl,
  withDefault,
  word,
} from '@contract-first/service';

/** Every variable that the service reads. Names, defaults, parsing and documentation all come from this table. */
export const variables = {
  NODE_ENV: withDefault('development', {
    description: 'With production the service insists on a real database and a real identity provider.',
    expected: 'development, production or test',
    parse: oneOf('development', 'production', 'test'),
  }),
  HOST: withDefault('127.0.0.1', {
    description: 'Address to listen on; 0.0.0.0 or :: for all of the machine.',
    expected: 'an IP address or a host name',
    parse: host,
  }),
  PORT: withDefault('3000', {
    description: 'Port to listen on; 0 takes a free one.',
    expected: 'a whole number from 0 to 65535',
    parse: integerBetween(0, 65_535),
  }),
  LOG_LEVEL: withDefault('info', {
    description: 'The least severe log lines that are written.',
    expected: 'trace, debug, info, warn, error, fatal or silent',
    parse: oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
  }),
  DATABASE_URL: optional({
    description: 'PostgreSQL database. Required in production; without it an embedded database in DATA_DIR is used.',
    expected: 'postgres://user:password@host:port/database, with commas between several hosts',
    parse: databaseUrl,
    isSecret: true,
  }),
  PREPARED_STATEMENTS: withDefault('on', {
    description:
      'Whether each connection to the database plans a statement once and reuses the plan. Switch it off behind a pooler in transaction mode, and set the time limits for the role.',
    expected: 'on or off',
    parse: oneOf('on', 'off'),
  }),
  DATA_DIR: withDefault('.data', {
    description: 'Directory of the embedded database and of the development keys. Not with DATABASE_URL.',
    expected: 'a path',
    parse: path,
  }),
  OIDC_ISSUER: optional({
    description:
      'Issuer of the access tokens. Required in production; without it an identity provider for development is started.',
    expected: 'an https URL (http on this machine) without credentials, query and fragment',
    parse: issuer,
    isSecret: true,
  }),
  OIDC_AUDIENCE: withDefault('user-api', {
    description: 'The audience that access tokens must name. Required in production, where it has no default.',
    expected: 'a text without blanks',
    parse: word,
  }),
  OIDC_TOKEN_PROFILE: withDefault('rfc9068', {
    description:
      'How an access token says that it is one: by the type at+jwt of its header (rfc9068), or by the claim typ as Keycloak has it.',
    expected: 'rfc9068 or keycloak',
    parse: oneOf('rfc9068', 'keycloak'),
  }),
  CLOCK_TOLERANCE: withDefault('30', {
    description: 'Seconds by which the clock of the identity provider may differ from that of this machine.',
    expected: 'a whole number of seconds from 0 to 60',
    parse: integerBetween(0, 60),
  }),
  REQUIRED_IDENTITY_PROVIDER: optional({
    description: 'Name of an identity provider that every user must be linked to. Without it no link is required.',
    expected: 'a text without blanks',
    parse: word,
  }),
  IDENTITY_PROVIDER_CLAIM: withDefault('identity_provider', {
    description: 'Claim of the access token that names the identity providers which the user is linked to.',
    expected: 'a text without blanks',
    parse: word,
  }),
  RATE_LIMIT: withDefault('600', {
    description: 'Requests per minute and client address; 0 is no limit.',
    expected: 'a whole number from 0 to 1000000',
    parse: integerBetween(0, 1_000_000),
  }),
  RATE_LIMIT_SUBJECT: withDefault('600', {
    description: 'Requests per minute and user, from all addresses together; 0 is no limit.',
    expected: 'a whole number from 0 to 1000000',
    parse: integerBetween(0, 1_000_000),
  }),
  MAX_IN_FLIGHT: withDefault('1000', {
    description: 'Requests that the service works on at once. More are answered with 503. 0 is no limit.',
    expected: 'a whole number from 0 to 1000000',
    parse: integerBetween(0, 1_000_000),
  }),
  MAX_DATABASE_QUEUE: withDefault('100', {
    description:
      'Statements that may wait for one of the 10 connections to the database. Beyond it requests are answered with 503. 0 is no limit.',
    expected: 'a whole number from 0 to 1000000',
    parse: integerBetween(0, 1_000_000),
  }),
  MAX_EVENT_LOOP_DELAY: withDefault('500', {
    description:
      'Milliseconds by which timers of the process may be late on average. Beyond it requests are answered with 503. 0 is no limit.',
    expected: 'a whole number of milliseconds from 0 to 60000',
    parse: integerBetween(0, 60_000),
  }),
  BODY_LIMIT: withDefault('65536', {
    description: 'Bytes that the body of a request may have.',
    expected: 'a whole number of bytes from 1024 to 16777216',
    parse: integerBetween(1_024, 16_777_216),
  }),
  REQUEST_TIMEOUT: withDefault('30', {
    description: 'Seconds within which a request must have arrived as a whole.',
    expected: 'a whole number of seconds from 1 to 600',
    parse: integerBetween(1, 600),
  }),
  SHUTDOWN_TIMEOUT: withDefault('10', {
    description: 'Seconds that requests in flight get to finish when the service is stopped.',
    expected: 'a whole number of seconds from 1 to 600',
    parse: integerBetween(1, 600),
  }),
  DRAIN_DELAY: withDefault('0', {
    description:
      'Seconds for which a service that is being stopped still takes requests while /readyz answers 503. Give the load balancer time for two of its health checks.',
    expected: 'a whole number of seconds from 0 to 300',
    parse: integerBetween(0, 300),
  }),
  DEVELOPMENT_ISSUER_PORT: withDefault('3001', {
    description: 'Port of the identity provider for development; 0 takes a free one.',
    expected: 'a whole number from 0 to 65535',
    parse: integerBetween(0, 65_535),
  }),
  CONTRACT_VIOLATIONS: withDefault('refuse', {
    description:
      'What happens to a reply that breaks the contract: refuse answers 501 in its place, report only logs and counts it.',
    expected: 'refuse or report',
    parse: oneOf('refuse', 'report'),
  }),
  TRUST_PROXY: withDefault('off', {
    description: 'Addresses of the proxies whose X-Forwarded headers the service believes; off for none.',
    expected: 'off, or IP addresses and CIDR ranges with commas between them',
    parse: addressList,
  }),
  CORS_ORIGINS: withDefault('off', {
    description: 'Origins whose pages may call the API from a browser; off for none.',
    expected: 'off, or origins such as https://app.example with commas between them',
    parse: originList,
  }),
  ADMIN_HOST: withDefault('127.0.0.1', {
    description: 'Address on which /livez, /readyz and /metrics are served, without access control.',
    expected: 'an IP address or a host name',
    parse: host,
  }),
  ADMIN_PORT: optional({
    description:
      'Port on which /livez, /readyz and /metrics are served; 0 takes a free one. Without it they are not served.',
    expected: 'a whole number from 0 to 65535',
    parse: integerBetween(0, 65_535),
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: optional({
    description: 'Collector to which the service sends traces, by OTLP over HTTP. Without it there are no traces.',
    expected: 'an http or https URL without credentials, query and fragment',
    parse: serviceUrl,
    isSecret: true,
  }),
  OTEL_SERVICE_NAME: withDefault('user-api', {
    description: 'Name of the service in traces.',
    expected: 'a text without blanks',
    parse: word,
  }),
} as const;

export type VariableName = keyof typeof variables;

/** The address of a PostgreSQL database. */
function databaseUrl(text: string): string | undefined {
  return databaseUrls(text) === undefined ? undefined : text;
}
