import { createClient } from '@contract-first/client';
import { contract } from '@user-api/contract';

/** What must not compile. It would, if the packages' types were lost on the way and everything were any. */
export async function misuse(): Promise<void> {
  const api = createClient(contract, { baseUrl: 'http://127.0.0.1' });
  const path = { userId: 'c0daf39b-4df5-4241-9e7d-b1b85f829090' };
  // @ts-expect-error The contract has no such operation.
  await api.RenameUser({ path });
  // @ts-expect-error The body is missing.
  await api.UpdateUser({ path });
  // @ts-expect-error The attribute is misspelt.
  await api.UpdateUser({ path, body: { data: { type: 'User', id: path.userId, attributes: { firstname: 'Jane' } } } });
  const result = await api.GetUser({ path });
  // @ts-expect-error The contract has no such status.
  if (result.status === 418) return;
}
