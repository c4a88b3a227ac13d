import { requireSecureUrl } from '@contract-first/access-token';
import { isTokenTtl, MAX_TOKEN_TTL, requestDevelopmentToken } from '@contract-first/access-token/development';
import { uuid as isUuid } from '@contract-first/core/formats';
import { CommandFailure, type CommandIo, createCommand } from '@contract-first/service';
import type { Command } from 'commander';
import { SERVICE_NAME } from '../configuration/service-name.ts';
import { variables } from '../configuration/variables.ts';
import { demoUser } from '../users/demo-user.ts';

const SCOPE = /^[!#-[\]-~]+(?: [!#-[\]-~]+)*$/;

interface TokenOptions {
  readonly sub: string;
  readonly scope: string;
  readonly ttl: string;
  readonly issuer: string;
  readonly identityProvider?: string;
}

/** `token` */
export function tokenCommand(io: CommandIo): Command {
  const port = io.environment['DEVELOPMENT_ISSUER_PORT'] || variables.DEVELOPMENT_ISSUER_PORT.default;
  return createCommand('token', io)
    .description('Prints an access token of the development server.')
    .option('--sub <uuid>', 'the user', demoUser.id)
    .option('--scope <scopes>', 'the scopes, with blanks between them', 'user:users:read user:users:write')
    .option('--ttl <seconds>', `the lifetime, 1 to ${MAX_TOKEN_TTL}`, '3600')
    .option('--identity-provider <name>', 'an identity provider that the user is linked to (default: none)')
    .option(
      '--issuer <url>',
      'the development identity provider; DEVELOPMENT_ISSUER_PORT changes the port',
      `http://127.0.0.1:${port}`,
    )
    .action((options: TokenOptions) => printToken(options, io));
}

async function printToken(options: TokenOptions, { stdout, fetch }: CommandIo): Promise<void> {
  const problems = checkOptions(options);
  if (problems.length > 0) throw new CommandFailure(`${problems.join('\n')}\nSee --help.`, 2);
  stdout.write(
    `${await requestDevelopmentToken({ ...options, name: SERVICE_NAME, ttl: Number(options.ttl), fetch })}\n`,
  );
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
