import { type Agent, request as httpRequest, type OutgoingHttpHeaders } from 'node:http';
import { rawRequest } from '../http/raw-request.ts';

export const JSON_API = 'application/vnd.api+json';

/** A request of a JSON:API service. */
export interface ServiceRequest {
  /** @default 'GET' */
  readonly method?: string;
  /** Below the contract's base path. @default the record that the tests are about */
  readonly path?: string;
  /** A token, or null to send none. @default a valid token of the record's owner */
  readonly token?: string | null;
  readonly headers?: OutgoingHttpHeaders;
  /** Sent as it is if it is text or bytes, otherwise as JSON. Content-Type is JSON:API unless `headers` has one. */
  readonly body?: unknown;
}

export interface ServiceResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The parsed body; undefined without one. */
  readonly body: Body;
}

/** What tests look for in a body. Members that are not there read as undefined. */
export interface Body {
  readonly data: { readonly type: string; readonly id: string; readonly attributes: Readonly<Record<string, unknown>> };
  readonly errors: readonly ErrorObject[];
}

export interface ErrorObject {
  readonly id: string;
  readonly status: string;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly source?: { readonly pointer?: string; readonly parameter?: string; readonly header?: string };
}

/** Sends a request to a whole URL with the given token and reads the response. */
export function exchange(
  agent: Agent,
  url: string,
  request: ServiceRequest,
  token: string | null,
): Promise<ServiceResponse> {
  const { method = 'GET', headers = {}, body } = request;
  const payload =
    body === undefined || typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  const hasType = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  const complete = {
    ...(token !== null && { authorization: `Bearer ${token}` }),
    ...(payload !== undefined && { 'content-length': Buffer.byteLength(payload) }),
    ...(payload !== undefined && !hasType && { 'content-type': JSON_API }),
    ...headers,
  };
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(url, { method, headers: withoutUndefined(complete), agent }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const values = Object.entries(incoming.headers).map(([name, value]) => [name, [value ?? ''].flat()] as const);
        resolve(responseOf(incoming.statusCode ?? 0, values, Buffer.concat(chunks).toString('utf8')));
      });
    });
    outgoing.on('error', reject);
    outgoing.end(payload);
  });
}

/**
 * Sends bytes as they are and reads one response, in the form that other requests have.
 *
 * @param service where it listens
 */
export async function rawExchange(
  service: { readonly url: string },
  bytes: string | Uint8Array,
  options: { readonly half?: boolean } = {},
): Promise<ServiceResponse> {
  const { status, headers, body } = await rawRequest(service.url, [bytes], options);
  return responseOf(status, headers, body);
}

/** The `code source` pairs of an error document, sorted, for comparing many errors at once. */
export function summary({ body }: ServiceResponse): readonly string[] {
  const place = ({ source = {} }: ErrorObject): string => source.pointer ?? source.parameter ?? source.header ?? '-';
  return body.errors.map((error) => `${error.code} ${place(error)}`).sort();
}

function withoutUndefined(headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
}

function responseOf(
  status: number,
  headers: Iterable<readonly [name: string, lines: readonly string[]]>,
  text: string,
): ServiceResponse {
  const values = [...headers].map(([name, lines]) => [name, lines.join(', ')]);
  // Tests read the members that they expect; what is missing shows as undefined and fails the comparison.
  const body = (text === '' ? {} : JSON.parse(text)) as Body;
  return { status, headers: Object.fromEntries(values), text, body };
}
