import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import { loggedError } from './logged-error.ts';

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

/**
 * Makes the logger of the service: one JSON object a line, with the time by RFC 3339. Tokens and personal data do not
 * get into it (rule A25): requests are logged by their route, errors by what is known to be harmless, and whatever
 * looks like a token is taken out of the finished line.
 *
 * @param destination where the lines go; the standard output by default
 */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  return destination === undefined ? pino(loggerOptions(level)) : pino(loggerOptions(level), destination);
}

function loggerOptions(level: LogLevel): LoggerOptions {
  return {
    level,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { req: loggedRequest, res: loggedReply, err: (error: unknown) => loggedError(error) },
    redact: { paths: redactedPaths(), censor: '[redacted]' },
    hooks: {
      logMethod(args, method) {
        const [first, ...rest] = args;
        const message = rest.length === 0 ? messageOf(first) : null;
        if (message === null) method.apply(this, args);
        else method.apply(this, [first instanceof Error ? { err: first } : first, message]);
      },
      streamWrite: withoutTokens,
    },
  };
}

/** The message of a line that has an error and none of its own; pino would take the error's as it is. */
function messageOf(value: unknown): string | null {
  if (value instanceof Error) return loggedError(value).message;
  return typeof value === 'object' && value !== null && 'err' in value ? loggedError(value.err).message : null;
}

/** The members of a framework's request that are looked at. */
interface RequestLike {
  readonly method?: unknown;
  readonly routeOptions?: { readonly url?: unknown; readonly config?: { readonly operationId?: unknown } };
}

/** The route, not the URL: that has the user's id in it, and may have anything in its query. */
function loggedRequest({ method, routeOptions }: RequestLike) {
  const operationId = routeOptions?.config?.operationId;
  return { method, route: routeOptions?.url ?? null, ...(operationId !== undefined && { operationId }) };
}

function loggedReply({ statusCode }: { readonly statusCode?: unknown }) {
  return { status: statusCode };
}

const SECRET_MEMBERS = [
  'authorization',
  'Authorization',
  'cookie',
  'Cookie',
  'set-cookie',
  'token',
  'accessToken',
  'access_token',
  'refreshToken',
  'refresh_token',
  'idToken',
  'id_token',
  'client_secret',
  'password',
  'connectionString',
  'body',
  'payload',
  'attributes',
];

/** The members at the top of a line and up to two levels below. */
function redactedPaths(): string[] {
  return SECRET_MEMBERS.flatMap((name) => ['', '*', '*.*'].map((prefix) => `${prefix}["${name}"]`));
}

/** What begins with `{"` in base64url, as every compact JWS and JWE does (RFC 7515 §7.1), and any Bearer token. */
const TOKENS = [/eyJ[\w-]{5,}(?:\.[\w-]*)*/g, /(?<=bearer )[\w.~+/-]{8,}=*/gi];

function withoutTokens(line: string): string {
  return TOKENS.reduce((text, pattern) => text.replace(pattern, '[token]'), line);
}
