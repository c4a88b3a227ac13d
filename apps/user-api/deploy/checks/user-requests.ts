const mediaType = 'application/vnd.api+json';

/** What a service answered. */
export interface UserAnswer {
  readonly status: number;
  readonly text: string;
}

/** Reads a user, or changes the first name to Jane. */
export async function requestUser(method: 'GET' | 'PATCH', url: string, token: string): Promise<UserAnswer> {
  const headers = { authorization: `Bearer ${token}`, accept: mediaType };
  const id = url.slice(url.lastIndexOf('/') + 1);
  const body = JSON.stringify({ data: { type: 'User', id, attributes: { firstName: 'Jane' } } });
  const change = { method, headers: { ...headers, 'content-type': mediaType }, body };
  const answer = await fetch(url, method === 'PATCH' ? change : { headers });
  return { status: answer.status, text: await answer.text() };
}

/**
 * Changes a user's name and reads it again.
 *
 * @throws {Error} with the answer, if it is another than expected
 */
export async function updateName(url: string, token: string): Promise<void> {
  for (const method of ['PATCH', 'GET'] as const) {
    const { status, text } = await requestUser(method, url, token);
    if (status !== 200 || !text.includes('"firstName":"Jane"')) throw new Error(`${status}: ${text}`);
  }
}
