import { createClient } from '@contract-first/client';
import { contract } from '@user-api/contract';

const id = 'c0daf39b-4df5-4241-9e7d-b1b85f829090';

/** Calls the operation the way a program does that knows no more than the packages. */
export async function renameUser(baseUrl: string, firstName: string): Promise<string> {
  const api = createClient(contract, { baseUrl, token: 'a-token', retry: false });
  const result = await api.UpdateUser({
    path: { userId: id },
    body: { data: { type: 'User', id, attributes: { firstName } } },
  });
  if (result.ok) return `${result.data.data.attributes.firstName} ${result.headers.etag}`;
  return `${result.status} ${result.error.errors[0]?.code}`;
}
