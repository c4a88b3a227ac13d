/** Options of a client that must not compile. Compiled, never run. */

import { contract } from '@user-api/contract';
import { createClient } from '../../src/index.ts';

const baseUrl = 'https://api.example.com/user/2022-1';

createClient(contract, { baseUrl, token: async ({ refresh }) => (refresh ? 'new' : 'kept'), retry: false, fetch });
createClient(contract, { baseUrl: new URL(baseUrl), validate: false, retry: { methods: ['get'] } });
// @ts-expect-error no base URL
createClient(contract, {});
// @ts-expect-error a misspelt option
createClient(contract, { baseUrl, timeOut: 5 });
// @ts-expect-error a misspelt option of retry
createClient(contract, { baseUrl, retry: { tries: 5 } });
// @ts-expect-error a method that does not exist
createClient(contract, { baseUrl, retry: { methods: ['FETCH'] } });
// @ts-expect-error a choice that does not exist
createClient(contract, { baseUrl, validate: 'all' });
// @ts-expect-error a token source that gives no token
createClient(contract, { baseUrl, token: () => undefined });
// @ts-expect-error no contract
createClient({ operations: {} }, { baseUrl });
