import type {
  Contract,
  Operation,
  Parameter,
  ReplyMediaTypeObject,
  Response,
  Validator,
  Violation,
} from '@contract-first/core';

/** A small contract, made by hand, that has every feature which the client treats in its own way. */
export interface operations {
  GetThing: {
    parameters: { query?: never; header?: { 'If-None-Match'?: string }; path: { thingId: string }; cookie?: never };
    requestBody?: never;
    responses: {
      200: {
        headers: { ETag: string; 'X-Count'?: number; [name: string]: unknown };
        content: { 'application/vnd.api+json': ThingDocument };
      };
      304: { headers: { ETag: string; [name: string]: unknown }; content?: never };
      401: Problem;
      429: Problem;
      503: Problem;
    };
  };
  UpdateThing: {
    parameters: { query?: never; header?: { 'If-Match'?: string }; path: { thingId: string }; cookie?: never };
    requestBody: { content: { 'application/vnd.api+json': ThingDocument } };
    responses: {
      200: { headers: { [name: string]: unknown }; content: { 'application/vnd.api+json': ThingDocument } };
      401: Problem;
      412: Problem;
      429: Problem;
      503: Problem;
    };
  };
  CreateThing: {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    requestBody: { content: { 'application/json': Thing; 'text/plain': string } };
    responses: { 201: { headers: { [name: string]: unknown }; content?: never }; 429: Problem; 503: Problem };
  };
  DeleteThing: {
    parameters: { query?: never; header?: never; path: { thingId: string }; cookie?: never };
    requestBody?: never;
    responses: { 202: { headers: { [name: string]: unknown }; content?: never }; 503: Problem };
  };
  ListThings: {
    parameters: {
      query?: { tag?: string[]; sort?: string[]; limit?: number };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: { headers: { [name: string]: unknown }; content: { 'application/json': Thing[]; 'text/csv': string } };
      '4XX': Problem;
      default: { headers: { [name: string]: unknown }; content: { 'text/plain': string } };
    };
  };
  Probe: {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    requestBody?: { content: { 'application/json': Thing } };
    responses: { default: { headers: { [name: string]: unknown }; content: { 'application/json': Thing } } };
  };
}

export interface Thing {
  name: string;
  colour?: 'red' | 'green';
  part?: { size: number };
}

export interface ThingDocument {
  data: Thing;
}

export interface Problem {
  headers: { 'Retry-After'?: number; [name: string]: unknown };
  content: { 'application/vnd.api+json': { errors: { code: string }[] } };
}

const valid: Validator = () => [];

function violation(pointer: string, keyword: string, message: string): Violation {
  return { pointer, keyword, params: {}, message };
}

/** Refuses what is no object, lacks a member or has one that is not listed. */
function closed(members: Readonly<Record<string, Validator>>, required: readonly string[], at = ''): Validator {
  return (value) => {
    if (typeof value !== 'object' || value === null) return [violation(at, 'type', 'must be object')];
    const missing = required
      .filter((name) => !Object.hasOwn(value, name))
      .map((name) => violation(at, 'required', `must have ${name}`));
    const found = Object.entries(value).flatMap(([name, member]) => {
      const validate = Object.hasOwn(members, name) ? members[name] : undefined;
      return validate?.(member) ?? [violation(`${at}/${name}`, 'additionalProperties', 'must not be there')];
    });
    return [...missing, ...found];
  };
}

function ofType(type: 'string' | 'number', at: string): Validator {
  return (value) => (typeof value === type ? [] : [violation(at, 'type', `must be ${type}`)]);
}

function thing(at: string): Validator {
  const part = closed({ size: ofType('number', `${at}/part/size`) }, ['size'], `${at}/part`);
  const colour: Validator = (value) =>
    value === 'red' || value === 'green'
      ? []
      : [violation(`${at}/colour`, 'enum', 'must be one of the allowed values')];
  return closed({ name: ofType('string', `${at}/name`), colour, part }, ['name'], at);
}

/** The schema of a reply, which the client reads without regard to members that it does not know. */
function replied(validate: Validator): ReplyMediaTypeObject {
  return {
    validate,
    validateOpen: (value) => validate(value).filter(({ keyword }) => keyword !== 'additionalProperties'),
  };
}

const thingDocument = replied(closed({ data: thing('/data') }, ['data']));

const problem: Response = {
  headers: { 'retry-after': { required: false, type: 'integer', validate: valid } },
  content: { 'application/vnd.api+json': replied(closed({ errors: valid }, ['errors'])) },
};

const etag = { etag: { required: true, type: 'string', validate: valid } } as const;

function parameter(part: Parameter['in'], name: string, more: Partial<Parameter> = {}): Parameter {
  return {
    name,
    in: part,
    required: part === 'path',
    serialization: {
      style: part === 'query' || part === 'cookie' ? 'form' : 'simple',
      explode: false,
      allowReserved: false,
      shape: { kind: 'primitive', type: 'string' },
    },
    validate: valid,
    ...more,
  };
}

/** A list in a query. */
function list(explode: boolean): Partial<Parameter> {
  const shape = { kind: 'array', items: 'string' } as const;
  return { serialization: { style: 'form', explode, allowReserved: false, shape } };
}

const secured = [{ OAuth2: ['things'] }];

function operation(
  operationId: string,
  method: Operation['method'],
  path: string,
  more: Partial<Operation>,
): Operation {
  const location = 'fixture.yaml:1';
  const row = { operationId, method, path, location, parameters: [], requestBody: null, responses: {}, security: [] };
  return { ...row, resource: null, owner: null, ...more };
}

export const fixture: Contract<operations> = {
  title: 'Things',
  version: '1.0.0',
  basePath: '/v1',
  securitySchemes: { OAuth2: { type: 'oauth2' } },
  operations: {
    GetThing: operation('GetThing', 'get', '/things/{thingId}', {
      security: secured,
      parameters: [parameter('path', 'thingId'), parameter('header', 'If-None-Match')],
      responses: {
        '200': {
          headers: {
            ...etag,
            'x-count': {
              required: false,
              type: 'integer',
              validate: (value) => (value === 13 ? [violation('', 'not', 'must not be unlucky')] : []),
            },
          },
          content: { 'application/vnd.api+json': thingDocument },
        },
        '304': { headers: etag, content: {} },
        '401': problem,
        '429': problem,
        '503': problem,
      },
    }),
    UpdateThing: operation('UpdateThing', 'patch', '/things/{thingId}', {
      security: secured,
      parameters: [parameter('path', 'thingId'), parameter('header', 'If-Match')],
      requestBody: { required: true, content: { 'application/vnd.api+json': thingDocument } },
      responses: {
        '200': { headers: {}, content: { 'application/vnd.api+json': thingDocument } },
        '401': problem,
        '412': problem,
        '429': problem,
        '503': problem,
      },
    }),
    CreateThing: operation('CreateThing', 'post', '/things', {
      requestBody: {
        required: true,
        content: { 'application/json': { validate: thing('') }, 'text/plain': { validate: ofType('string', '') } },
      },
      responses: { '201': { headers: {}, content: {} }, '429': problem, '503': problem },
    }),
    DeleteThing: operation('DeleteThing', 'delete', '/things/{thingId}', {
      security: secured,
      parameters: [parameter('path', 'thingId')],
      responses: { '202': { headers: {}, content: {} }, '503': problem },
    }),
    ListThings: operation('ListThings', 'get', '/things', {
      parameters: [
        parameter('query', 'tag', list(true)),
        parameter('query', 'sort', list(false)),
        parameter('query', 'limit', {
          serialization: {
            style: 'form',
            explode: true,
            allowReserved: false,
            shape: { kind: 'primitive', type: 'integer' },
          },
          validate: ofType('number', ''),
        }),
      ],
      responses: {
        '200': { headers: {}, content: { 'application/json': replied(valid), 'text/csv': replied(valid) } },
        '4XX': problem,
        default: { headers: {}, content: { 'text/plain': replied(valid) } },
      },
    }),
    Probe: operation('Probe', 'put', '/probe', {
      requestBody: { required: false, content: { 'application/json': { validate: thing('') } } },
      responses: { default: { headers: {}, content: { 'application/json': replied(thing('')) } } },
    }),
  },
};
