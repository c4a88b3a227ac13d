// By hand: Node's parser takes messages that RFC 9112 has refused (two Host lines, unknown codings), and no library judges
// them afterwards.
import type { IncomingMessage } from 'node:http';
import { ProblemError, type ProblemName, problem } from '@contract-first/core';
import { countFieldLines } from './header-fields.ts';

/** The longest request target, in bytes, that is looked at (RFC 9110 §15.5.15). */
const MAX_TARGET = 8192;

/** uri-host [ ":" port ] (RFC 9110 §7.2). */
const HOST = /^(?:\[[0-9A-Fa-f:.]+\]|[0-9A-Za-z._~!$&'()*+,;=%-]*)(?::[0-9]*)?$/;

/**
 * Refuses a message of which it is in doubt for whom it is, where it ends or what it expects, although Node's parser
 * took it.
 *
 * @throws ProblemError 400, 414 or 417
 */
export function checkMessage(message: IncomingMessage): void {
  const { httpVersion, headers, url = '' } = message;
  // The parser also takes 0.9 and 2.0 in a request line.
  if (httpVersion !== '1.1' && httpVersion !== '1.0') throw refusal('badRequest');
  if (!isForOneHost(message)) throw refusal('badRequest', 'Host');
  if (!isFramed(message)) throw refusal('badRequest', 'Transfer-Encoding');
  if (Buffer.byteLength(url) > MAX_TARGET) throw new ProblemError(problem('uriTooLong'));
  // RFC 9110 §10.1.1: an expectation of HTTP/1.0 is ignored.
  const isExpectation = headers.expect !== undefined && httpVersion === '1.1';
  if (isExpectation && !expectsContinue(message)) throw refusal('expectationFailed', 'Expect');
}

/** Whether the client waits for the server's word before it sends the body (RFC 9110 §10.1.1). */
export function expectsContinue({ headers, httpVersion }: IncomingMessage): boolean {
  return httpVersion === '1.1' && headers.expect?.toLowerCase() === '100-continue';
}

/** RFC 9112 §3.2: HTTP/1.1 requires the header; nobody may send it twice or malformed. */
function isForOneHost(message: IncomingMessage): boolean {
  const lines = countFieldLines(message, 'host');
  if (lines === 0) return message.httpVersion === '1.0';
  return lines === 1 && HOST.test(message.headers.host ?? '');
}

/** RFC 9112 §6.1: other codings would have to be undone, and HTTP/1.0 does not know the header. */
function isFramed({ headers, httpVersion }: IncomingMessage): boolean {
  const coding = headers['transfer-encoding'];
  return coding === undefined || (httpVersion === '1.1' && coding.toLowerCase() === 'chunked');
}

/** What follows on the connection may be a body or a request, so the connection ends. */
function refusal(name: ProblemName, header?: string): ProblemError {
  const facts = header === undefined ? {} : { source: { header } };
  return new ProblemError(problem(name, facts), { headers: { connection: 'close' } });
}
