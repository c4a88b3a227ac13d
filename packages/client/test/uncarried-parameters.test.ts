import type { Contract, Parameter, ParameterShape, ParameterStyle } from '@contract-first/core';
import { expect, onTestFinished, test } from 'vitest';
import { createClient } from '../src/index.ts';
import { fixture, type operations } from './support/fixture.ts';
import { reply, serve, thing } from './support/server.ts';

/** An operation that takes one parameter of every kind; each schema takes everything. */
interface Probe {
  readonly Probe: Omit<operations['Probe'], 'parameters'> & {
    readonly parameters: Readonly<Record<'path' | 'query' | 'header' | 'cookie', Readonly<Record<string, unknown>>>>;
  };
}

const text: ParameterShape = { kind: 'primitive', type: 'string' };
const list: ParameterShape = { kind: 'array', items: 'string' };
const point: ParameterShape = { kind: 'object', properties: { x: 'integer' }, additional: null };
const open: ParameterShape = { kind: 'object', properties: {}, additional: 'string' };

function contractOf(place: Parameter['in'], serialization: Parameter['serialization']): Contract<Probe> {
  const parameter: Parameter = { name: 'value', in: place, required: true, serialization, validate: () => [] };
  const operation = { ...fixture.operations.Probe, path: place === 'path' ? '/probe/{value}' : '/probe' };
  const operations = { Probe: { ...operation, parameters: [parameter] } };
  return { title: 'Probe', version: '1.0.0', basePath: '', securitySchemes: {}, operations };
}

function styled(style: ParameterStyle, shape: ParameterShape, explode = false): Parameter['serialization'] {
  return { style, explode, allowReserved: false, shape };
}

const json = { mediaType: 'application/json' };

test.each<readonly [string, Parameter['in'], Parameter['serialization'], unknown, string]>([
  ['an empty list', 'query', styled('form', list, true), [], 'minItems'],
  ['an empty list in one text', 'query', styled('form', list), [], 'minItems'],
  ['an empty list', 'cookie', styled('form', list, true), [], 'minItems'],
  ['an empty object', 'query', styled('deepObject', point, true), {}, 'minProperties'],
  ['an object without values', 'query', styled('form', point, true), { x: undefined }, 'minProperties'],
  ['null', 'query', styled('form', text), null, 'type'],
  ['an item that is null', 'query', styled('form', list, true), ['a', null], 'type'],
  ['an item that is undefined', 'query', styled('form', list, true), ['a', undefined], 'type'],
  ['a hole in a list', 'query', styled('form', list, true), new Array(1), 'type'],
  ['a member that is null', 'query', styled('form', point, true), { x: null }, 'type'],
  ['a member that is not declared', 'query', styled('form', point, true), { y: 1 }, 'additionalProperties'],
  [
    'a member __proto__',
    'query',
    styled('deepObject', open, true),
    JSON.parse('{"__proto__":"a"}'),
    'additionalProperties',
  ],
  ['a number where text is declared', 'query', styled('form', text), 5, 'type'],
  ['a list where text is declared', 'query', styled('form', text), ['a'], 'type'],
  ['text where a list is declared', 'query', styled('form', list), 'a', 'type'],
  ['text where an object is declared', 'query', styled('form', point), 'a', 'type'],
  ['NaN', 'query', styled('form', { kind: 'primitive', type: 'number' }), Number.NaN, 'type'],
  ['NUL', 'query', styled('form', text), 'a\0', 'format'],
  ['a lone surrogate in a name', 'query', styled('deepObject', open, true), { '\ud800': 'a' }, 'format'],
  ['a single item with its delimiter', 'query', styled('pipeDelimited', list), ['a|b'], 'format'],
  ['NUL', 'path', styled('simple', text), 'a\0', 'format'],
  ['an empty segment', 'path', styled('simple', text), '', 'required'],
  ['an empty item alone', 'path', styled('simple', list), [''], 'required'],
  ['a dot segment', 'path', styled('label', text), '', 'not'],
  ['an escaped dot segment', 'path', styled('label', list, true), ['.'], 'not'],
  ['a line break', 'header', styled('simple', text), 'a\r\nb: c', 'format'],
  ['NUL', 'header', styled('simple', text), 'a\0', 'format'],
  ['what is no octet', 'header', styled('simple', text), '€', 'format'],
  ['a blank at the start', 'header', styled('simple', text), ' a', 'format'],
  ['a tab at the end', 'header', styled('simple', text), 'a\t', 'format'],
  ['a comma in an item', 'header', styled('simple', list), ['a,b'], 'format'],
  ['an empty item', 'header', styled('simple', list), ['a', ''], 'format'],
  ['an item with a blank at its end', 'header', styled('simple', list), ['a ', 'b'], 'format'],
  ['an equals sign in a name', 'header', styled('simple', open, true), { 'a=b': 'c' }, 'format'],
  ['NUL', 'cookie', styled('form', text), 'a\0', 'format'],
  ['a function', 'query', json, () => undefined, 'type'],
  ['NaN in JSON', 'query', json, { a: Number.NaN }, 'type'],
  ['NUL in JSON', 'header', json, { a: '\0' }, 'format'],
  ['a lone surrogate in JSON', 'cookie', json, ['\ud800'], 'format'],
])('G1 %s in a %s is refused, by name and without its value', async (_, place, serialization, value, keyword) => {
  const api = createClient(contractOf(place, serialization), { baseUrl: 'http://127.0.0.1', validate: false });
  const given = { value };
  const call = {
    path: { path: given },
    query: { query: given },
    header: { headers: given },
    cookie: { cookies: given },
  };
  // What the compiler would refuse, a caller without types may do.
  await expect(api.Probe(call[place] as never)).rejects.toMatchObject({
    code: 'invalid-request',
    faults: [{ in: place, name: 'value', keyword }],
  });
});

test('cookies are sent in one header', async () => {
  const { url, seen } = await serve((response) => reply(response, 202));
  const contract = contractOf('cookie', styled('form', point, true));
  const api = createClient(contract, { baseUrl: url, validate: false });
  // What the compiler would refuse, a caller without types may do.
  await api.Probe({ cookies: { value: { x: 1 }, theme: 'a; b' } } as never).catch(() => undefined);
  expect(seen[0]?.headers['cookie']).toEqual(['x=1; theme=a%3B%20b']);
});

test('a header that is given in two cases of its letters is refused', async () => {
  const api = createClient(fixture, { baseUrl: 'http://127.0.0.1', validate: false });
  const headers = { 'If-Match': '"1"', 'if-match': '"2"' };
  const promise = api.UpdateThing({ path: { thingId: '1' }, headers, body: thing });
  await expect(promise).rejects.toMatchObject({ faults: [{ in: 'header', name: 'If-Match' }] });
});

test('in a browser, which would drop them without a word, cookies are refused', async () => {
  const { Request: Unrestricted } = globalThis;
  globalThis.Request = class extends Unrestricted {
    constructor(...of: ConstructorParameters<typeof Request>) {
      super(...of);
      this.headers.delete('Cookie');
    }
  };
  onTestFinished(() => {
    globalThis.Request = Unrestricted;
  });
  const api = createClient(contractOf('cookie', styled('form', text)), { baseUrl: 'http://127.0.0.1' });
  const call = { path: {}, query: {}, headers: {}, cookies: { value: 'a' } };
  await expect(api.Probe(call)).rejects.toMatchObject({ faults: [{ in: 'cookie', name: 'value', keyword: 'not' }] });
});
