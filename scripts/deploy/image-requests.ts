const mediaType = 'application/vnd.api+json';

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
