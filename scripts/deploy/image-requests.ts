import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { root } from '../workspace.ts';

const mediaType = 'application/vnd.api+json';

/** An access token of a running development provider. */
export async function requestToken(issuer: string, sub: string): Promise<string> {
  const args = ['--conditions=source', 'apps/user-api/src/main.ts', 'token', '--issuer', issuer, '--sub', sub];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
  return stdout.trim();
}

/**
 * Changes a user's name and reads it again.
 *
 * @throws {Error} with the answer, if it is another than expected
 */
export async function updateName(url: string, token: string): Promise<void> {
  const id = url.slice(url.lastIndexOf('/') + 1);
  const headers = { authorization: `Bearer ${token}`, accept: mediaType };
  const body = JSON.stringify({ data: { type: 'User', id, attributes: { firstName: 'Jane' } } });
  const answers = [
    await fetch(url, { method: 'PATCH', headers: { ...headers, 'content-type': mediaType }, body }),
    await fetch(url, { headers }),
  ];
  for (const answer of answers) {
    const text = await answer.text();
    if (answer.status !== 200 || !text.includes('"firstName":"Jane"')) throw new Error(`${answer.status}: ${text}`);
  }
}
