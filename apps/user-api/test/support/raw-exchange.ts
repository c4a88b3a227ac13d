import { rawRequest } from '@contract-first/testing';
import type { Body, ServiceResponse, TestService } from './service.ts';

/** Sends bytes as they are and reads one response, in the form that other requests of the service have. */
export async function rawExchange(
  service: TestService,
  bytes: string | Uint8Array,
  options: { readonly half?: boolean } = {},
): Promise<ServiceResponse> {
  const { status, headers, body: text } = await rawRequest(service.url, [bytes], options);
  const values = [...headers].map(([name, lines]) => [name, lines.join(', ')]);
  // Tests read the members that they expect; what is missing shows as undefined and fails the comparison.
  const body = (text === '' ? {} : JSON.parse(text)) as Body;
  return { status, headers: Object.fromEntries(values), text, body };
}
