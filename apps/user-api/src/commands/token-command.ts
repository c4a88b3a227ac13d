import { parseArgs } from 'node:util';
import { type Fetch, requireSecureUrl } from '@contract-first/access-token';
import { isTokenTtl, MAX_TOKEN_TTL, requestDevelopmentToken } from '@contract-first/access-token/development';
import { uuid as isUuid } from '@contract-first/core/formats';
import { demoUser } from '../users/demo-user.ts';

/** What the command uses of its process. */
export interface TokenCommandIo {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly fetch: Fetch;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const DEFAULT_PORT = '3001';
const SCOPE = /^[!#-[\]-~]+(?: [!#-[\]-~]+)*$/;

const usage = `Prints an access token of the development server.

Usage: npm run --silent token -- [options]

  --sub UUID                 the user (default: ${demoUser.id})
  --scope "SCOPE SCOPE"      the scopes (default: "user:users:read user:users:write")
  --ttl SECONDS              the lifetime, 1 to ${MAX_TOKEN_TTL} (default: 3600)
  --identity-provider NAME   an identity provider that the user is linked to (default: none)
  --issuer URL               the development identity provider
                             (default: http://127.0.0.1:${DEFAULT_PORT}; DEVELOPMENT_ISSUER_PORT changes the port)
  --help                     this text
`;

interface TokenOptions {
  readonly sub: string;
  readonly scope: string;
  readonly ttl: string;
  readonly issuer: string;
  readonly identityProvider: string | undefined;
}

/**
 * Runs `token`.
 *
 * @param argv the arguments behind the command's name
 * @returns the exit code: 0 with the token on standard output, 1 if there is none to be had, 2 for wrong options
 */
export async function runTokenCommand(argv: readonly string[], io: TokenCommandIo): Promise<number> {
  const { options, help, problems } = readArguments(argv, io.environment);
  if (help) {
    io.stdout(usage);
    return 0;
  }
  if (problems.length > 0) {
    io.stderr(`${problems.join('\n')}\nSee --help.\n`);
    return 2;
  }
  try {
    io.stdout(`${await requestDevelopmentToken({ ...options, ttl: Number(options.ttl), fetch: io.fetch })}\n`);
    return 0;
  } catch (error) {
    io.stderr(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

interface Arguments {
  readonly options: TokenOptions;
  readonly help: boolean;
  readonly problems: readonly string[];
}

function readArguments(argv: readonly string[], environment: TokenCommandIo['environment']): Arguments {
  const problems: string[] = [];
  const given = new Map<string, string>();
  const names = ['sub', 'scope', 'ttl', 'issuer', 'identity-provider'];
  const known = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  const { tokens } = parseArgs({ args: [...argv], options: known, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind === 'positional') problems.push(`${token.value}: unexpected argument`);
    else if (token.kind === 'option' && !names.includes(token.name)) {
      if (token.name !== 'help') problems.push(`${token.rawName}: unknown option`);
    } else if (token.kind === 'option') {
      if (!token.value) problems.push(`${token.rawName} needs a value`);
      else given.set(token.name, token.value);
    }
  }
  const options = withDefaults(given, environment);
  const help = tokens.some((token) => token.kind === 'option' && token.name === 'help');
  return { options, help, problems: [...problems, ...checkOptions(options)] };
}

function withDefaults(given: ReadonlyMap<string, string>, environment: TokenCommandIo['environment']): TokenOptions {
  const port = environment['DEVELOPMENT_ISSUER_PORT'] || DEFAULT_PORT;
  return {
    sub: given.get('sub') ?? demoUser.id,
    scope: given.get('scope') ?? 'user:users:read user:users:write',
    ttl: given.get('ttl') ?? '3600',
    issuer: given.get('issuer') ?? `http://127.0.0.1:${port}`,
    identityProvider: given.get('identity-provider'),
  };
}

function checkOptions({ sub, scope, ttl, issuer }: TokenOptions): string[] {
  const problems: string[] = [];
  if (!isUuid(sub)) problems.push('--sub must be a UUID');
  if (!SCOPE.test(scope)) problems.push('--scope must be scopes that are parted by single spaces');
  if (!/^\d+$/.test(ttl) || !isTokenTtl(Number(ttl))) {
    problems.push(`--ttl must be an integer of 1 to ${MAX_TOKEN_TTL} seconds`);
  }
  try {
    requireSecureUrl(issuer, '--issuer (or DEVELOPMENT_ISSUER_PORT)');
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  }
  return problems;
}
