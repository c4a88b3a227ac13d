import { compileContract } from '@contract-first/codegen';
import type { AnyOperations, Contract } from '@contract-first/core';
import type { Exchange, RawExchange } from '../../src/index.ts';

const errors = {
  'application/vnd.api+json': { schema: { $ref: '#/components/schemas/Errors' } },
};
const error = { description: 'What went wrong.', content: errors };
const item = { 'application/json': { schema: { $ref: '#/components/schemas/Item' } } };

export const ITEM_ID = 'c0daf39b-4df5-4241-9e7d-b1b85f829090';

/** The example of the document. */
export const ITEM = { name: 'Lamp', kind: 'a', count: 3, shape: { side: 2 } };

/** A service that has nothing to do with users, with what the kit has to cope with: branches, maps, recursion. */
export const shop = {
  openapi: '3.1.0',
  info: { title: 'Shop', version: '1.0.0' },
  servers: [{ url: 'https://shop.example/shop/v1' }],
  security: [{ Staff: ['items'] }, { Partner: ['items'] }],
  paths: {
    '/status': {
      get: {
        operationId: 'GetStatus',
        security: [],
        responses: {
          200: {
            description: 'How it is.',
            headers: { 'X-Load': { schema: { type: 'integer', minimum: 0 } } },
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['ok'],
                  properties: {
                    ok: { type: 'boolean' },
                    mood: { type: ['string', 'null'], enum: ['good', 'bad', null] },
                  },
                },
              },
            },
          },
          304: { description: 'As before.' },
          406: error,
          501: error,
        },
      },
    },
    '/items/{itemId}': {
      parameters: [
        { name: 'itemId', in: 'path', required: true, schema: { type: 'string', format: 'uuid' }, example: ITEM_ID },
      ],
      get: {
        operationId: 'GetItem',
        parameters: [
          { name: 'view', in: 'query', schema: { type: 'string', enum: ['short', 'long'] } },
          {
            name: 'limit',
            in: 'query',
            required: true,
            schema: { type: 'integer', minimum: 1, maximum: 5 },
            example: 2,
          },
          { name: 'X-Tenant', in: 'header', schema: { type: 'string', maxLength: 8 } },
        ],
        responses: {
          200: {
            description: 'The item.',
            headers: { 'X-Version': { required: true, schema: { type: 'integer', minimum: 1 } } },
            content: item,
          },
          ...Object.fromEntries([401, 403, 404, 406, 422, 501].map((status) => [status, error])),
        },
      },
      put: {
        operationId: 'SetItem',
        'x-owner': { subject: '$request.path.itemId', unless: 'admin' },
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Item' }, example: ITEM } },
        },
        responses: {
          200: { description: 'The item.', content: item },
          ...Object.fromEntries([401, 403, 404, 406, 413, 415, 422, 501].map((status) => [status, error])),
        },
      },
    },
  },
  components: {
    securitySchemes: {
      Staff: {
        type: 'oauth2',
        flows: {
          clientCredentials: { tokenUrl: 'https://id.example/t', scopes: { items: 'Items', admin: 'Everything' } },
        },
      },
      Partner: { type: 'openIdConnect', openIdConnectUrl: 'https://id.example/.well-known/openid-configuration' },
    },
    schemas: {
      Item: {
        type: 'object',
        additionalProperties: false,
        required: ['name'],
        properties: {
          name: { type: 'string', minLength: 2, maxLength: 8 },
          kind: { type: ['string', 'null'], enum: ['a', 'b', null] },
          count: { type: 'integer', minimum: 0, exclusiveMaximum: 10, multipleOf: 3 },
          tags: {
            type: 'array',
            minItems: 1,
            maxItems: 3,
            uniqueItems: true,
            items: { type: 'string', pattern: '^[a-z]+$', maxLength: 16 },
          },
          country: { type: 'string', format: 'country-code' },
          shape: { oneOf: [{ $ref: '#/components/schemas/Circle' }, { $ref: '#/components/schemas/Square' }] },
          labels: { type: 'object', maxProperties: 2, additionalProperties: { type: 'string', maxLength: 4 } },
          parts: { type: 'array', maxItems: 2, items: { $ref: '#/components/schemas/Item' } },
        },
      },
      Circle: { type: 'object', required: ['radius'], properties: { radius: { type: 'number', minimum: 0 } } },
      Square: { type: 'object', required: ['side'], properties: { side: { type: 'number', minimum: 0 } } },
      Errors: {
        type: 'object',
        additionalProperties: false,
        required: ['errors'],
        properties: {
          errors: {
            type: 'array',
            minItems: 1,
            items: {
              type: 'object',
              required: ['code'],
              properties: {
                ...Object.fromEntries(
                  ['id', 'status', 'code', 'title', 'detail'].map((name) => [name, { type: 'string' }]),
                ),
                source: { type: 'object', additionalProperties: { type: 'string' } },
              },
              additionalProperties: {},
            },
          },
        },
      },
    },
  },
};

export function compileShop(document: object = shop): Promise<Contract<AnyOperations>> {
  return compileContract(JSON.stringify(document), 'shop.json');
}

/** A copy of the document in which one place, given by its keys, is something else; undefined takes it away. */
export function changedShop(keys: readonly string[], value: unknown): object {
  const copy: object = structuredClone(shop);
  const parent = keys.slice(0, -1).reduce<object>((target, key) => Object(Reflect.get(target, key)), copy);
  const last = keys.at(-1) ?? '';
  if (!(last in parent)) throw new Error(`the document has nothing at ${keys.join('/')}`);
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else Reflect.set(parent, last, value);
  return copy;
}

/** What tests say about an exchange; the rest is a good GetItem. */
export interface ExchangeParts {
  readonly method?: string;
  readonly target?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly status?: number;
  readonly replyHeaders?: Readonly<Record<string, string | undefined>>;
  readonly reply?: unknown;
}

export const ITEM_TARGET = `/shop/v1/items/${ITEM_ID}?limit=2`;

export function rawExchange(parts: ExchangeParts = {}): RawExchange {
  const replyHeaders = { 'content-type': 'application/json', 'x-version': '1', ...parts.replyHeaders };
  const requestHeaders = parts.headers ?? {};
  return {
    method: parts.method ?? 'GET',
    target: parts.target ?? ITEM_TARGET,
    requestHeaders,
    rawRequestHeaders: Object.entries(requestHeaders),
    requestBody: bytes(parts.body),
    status: parts.status ?? 200,
    responseHeaders: Object.fromEntries(
      Object.entries(replyHeaders).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
    responseBody: bytes('reply' in parts ? parts.reply : ITEM),
    source: 'inject',
  };
}

export function exchange(parts: ExchangeParts = {}): Exchange {
  return { ...rawExchange(parts), operationId: null, security: null };
}

function bytes(value: unknown): Uint8Array {
  if (value === undefined) return new Uint8Array();
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
}
