/**
 * Wrong handlers must not compile. The compiler checks this file; each directive fails the type check as soon as the
 * line below it compiles.
 */

import type { Handler, Handlers, ReplyOf, RequestOf } from '@contract-first/core';
import type { operations, UserDocument } from '@user-api/contract';

declare const document: UserDocument;
declare const found: boolean;

type Get = operations['GetUser'];
type Update = operations['UpdateUser'];

const get: Handler<Get> = (_request, reply) => reply[200](document, { ETag: '"1"' });
const update: Handler<Update> = (_request, reply) => reply[200](document, { ETag: '"1"' });

export const complete: Handlers<operations> = { GetUser: get, UpdateUser: update };

// @ts-expect-error a handler is missing
export const missing: Handlers<operations> = { GetUser: get };

// @ts-expect-error a handler belongs to no operation
export const extra: Handlers<operations> = { GetUser: get, UpdateUser: update, RemoveUser: get };

// @ts-expect-error the handler answers for another operation
export const swapped: Handlers<operations> = { GetUser: update, UpdateUser: update };

// @ts-expect-error the status is not declared
export const undeclaredStatus: Handler<Get> = (_request, reply) => reply[418](document);

// @ts-expect-error 304 has no body
export const bodyWhereNoneIs: Handler<Get> = (_request, reply) => reply[304](document, { ETag: '"1"' });

// @ts-expect-error a required header is missing
export const missingHeader: Handler<Get> = (_request, reply) => reply[200](document);

export const undeclaredHeader: Handler<Get> = (_request, reply) => {
  const headers = { ETag: '"1"' };
  // @ts-expect-error the header is not declared
  return reply[200](document, { ...headers, Location: '/' });
};

// @ts-expect-error the body is missing
export const missingBody: Handler<Get> = (_request, reply) => reply[200]();

// @ts-expect-error one path does not answer
export const forgottenAnswer: Handler<Get> = (_request, reply) => {
  if (found) return reply[200](document, { ETag: '"1"' });
};

// @ts-expect-error one path of an asynchronous handler does not answer
export const forgottenAsyncAnswer: Handler<Get> = async (_request, reply) => {
  if (found) return reply[200](document, { ETag: '"1"' });
};

// @ts-expect-error a literal is no answer
export const literal: Handler<Get> = () => ({ status: 200, body: document });

export const excessMember: Handler<Get> = (_request, reply) =>
  // @ts-expect-error the document has a member that the contract lacks
  reply[200]({ data: document.data, meta: {} }, { ETag: '"1"' });

export const excessAttribute: Handler<Get> = (_request, reply) => {
  const { id, type, attributes } = document.data;
  // @ts-expect-error an attribute that the contract lacks
  return reply[200]({ data: { id, type, attributes: { ...attributes, role: 'admin' } } }, { ETag: '"1"' });
};

export const missingAttribute: Handler<Get> = (_request, reply) => {
  const { id, type, attributes } = document.data;
  const { email: _email, ...rest } = attributes;
  // @ts-expect-error an attribute is missing
  return reply[200]({ data: { id, type, attributes: rest } }, { ETag: '"1"' });
};

export const wrongMember: Handler<Get> = (_request, reply) => {
  const { id, attributes } = document.data;
  // @ts-expect-error the type is another constant
  return reply[200]({ data: { id, type: 'users', attributes } }, { ETag: '"1"' });
};

export function readsOnlyWhatIsDeclared(request: RequestOf<Get>, patch: RequestOf<Update>): void {
  const id: string = request.path.userId;
  const etag: string | undefined = request.headers['If-None-Match'];
  const firstName: string | null | undefined = patch.body.data.attributes?.firstName;
  // @ts-expect-error GetUser takes no body
  void request.body.data;
  // @ts-expect-error there is no such path parameter
  void request.path.id;
  // @ts-expect-error there is no such query parameter
  void request.query.include;
  // @ts-expect-error there is no such attribute
  void patch.body.data.attributes?.firstname;
  // @ts-expect-error a public operation would have no principal
  void request.principal.subject;
  void [id, etag, firstName];
}

interface WithDefault {
  parameters: { query?: never; header?: never; path?: never; cookie?: never };
  requestBody?: never;
  responses: {
    204: { headers: { [name: string]: unknown }; content?: never };
    default: { headers: { [name: string]: unknown }; content: { 'application/json': { code: string } } };
  };
}

export function takesTheStatusOfADefault(reply: ReplyOf<WithDefault>): void {
  reply[204]();
  reply.default(409, { code: 'conflict' });
  // @ts-expect-error the status is missing
  reply.default({ code: 'conflict' });
}
