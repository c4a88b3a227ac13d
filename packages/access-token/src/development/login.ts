/// <reference path="./oidc-provider.d.ts" />
import type { IncomingMessage, ServerResponse } from 'node:http';
import { uuid as isUuid } from '@contract-first/core/formats';
import type { Interaction, Provider } from 'oidc-provider';

/** What the login page offers, and what a person may grant there. */
export interface LoginPage {
  /** The `sub` of a user that is there. */
  readonly suggestedSubject: string;
  readonly resource: string;
  readonly resourceScope: string;
}

const MAX_FORM_BYTES = 4096;
const INTERACTION_PATH = /^\/interaction\/[\w-]+$/;

export function isInteraction(request: IncomingMessage): boolean {
  return INTERACTION_PATH.test(request.url ?? '');
}

/** Signs a person in without a password and grants what the client asks for. Only fit for development. */
export async function handleInteraction(
  provider: Provider,
  page: LoginPage,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const interaction = await provider.interactionDetails(request, response);
  if (interaction.prompt.name !== 'login') {
    return provider.interactionFinished(request, response, await consent(provider, interaction, page));
  }
  if (request.method !== 'POST') return sendLoginPage(response, 200, page, '');
  const accountId = new URLSearchParams(await readForm(request)).get('user') ?? '';
  if (!isUuid(accountId)) return sendLoginPage(response, 422, page, 'The user id must be a UUID.');
  return provider.interactionFinished(request, response, { login: { accountId } });
}

async function consent(provider: Provider, { params, session }: Interaction, wanted: LoginPage): Promise<object> {
  const grant = new provider.Grant({ accountId: session?.accountId ?? '', clientId: String(params['client_id']) });
  grant.addOIDCScope('openid offline_access');
  grant.addResourceScope(wanted.resource, wanted.resourceScope);
  return { consent: { grantId: await grant.save() } };
}

async function readForm(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('latin1')) {
    text += chunk;
    if (text.length > MAX_FORM_BYTES) throw new Error('the login form is too long');
  }
  return text;
}

function sendLoginPage(
  response: ServerResponse,
  status: number,
  { suggestedSubject }: LoginPage,
  message: string,
): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  });
  response.end(`<!doctype html>
<html lang="en">
<title>Sign in</title>
<h1>Sign in</h1>
<p>This is the development identity provider. There is no password.</p>
<form method="post">
<p><label>User id <input name="user" size="40" value="${suggestedSubject}"></label></p>
<p role="alert">${message}</p>
<p><button>Sign in</button></p>
</form>
</html>
`);
}
