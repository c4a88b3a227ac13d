import { expect, test } from 'vitest';
import { createPaths, type Method, type Operation, operationFor } from '../src/index.ts';

const row = (operationId: string, method: Method, path: string): Operation => ({
  operationId,
  method,
  path,
  location: 'openapi.yaml:1',
  parameters: [],
  requestBody: method === 'patch' ? { required: true, content: { 'application/json': { validate: () => [] } } } : null,
  responses: {},
  security: [],
  resource: null,
  owner: null,
});

const contract = {
  basePath: '/api.v1',
  operations: {
    Get: row('Get', 'get', '/things/{thingId}/parts/{partId}'),
    Patch: row('Patch', 'patch', '/things/{thingId}/parts/{partId}'),
    GetFirst: row('GetFirst', 'get', '/things/{thingId}/parts/first'),
    HeadFirst: row('HeadFirst', 'head', '/things/{thingId}/parts/first'),
  },
};
const paths = createPaths(contract);

test('a path gives its template, its methods and its values as they were written', () => {
  const match = paths.match('/api.v1/things/a%2Fb/parts/2');
  expect(match?.item.template).toBe('/things/{thingId}/parts/{partId}');
  expect(match?.item.methods).toEqual(['GET', 'HEAD', 'OPTIONS', 'PATCH']);
  expect(match?.item.acceptPatch).toEqual(['application/json']);
  expect(match?.values).toEqual({ thingId: 'a%2Fb', partId: '2' });
});

test('the more concrete of two paths wins', () => {
  const match = paths.match('/api.v1/things/1/parts/first');
  expect([match?.item.template, match?.values]).toEqual(['/things/{thingId}/parts/first', { thingId: '1' }]);
});

test.each([
  '/api.v1/things/1/parts',
  '/api.v1/things/1/parts/',
  '/api.v1/things/1/parts/2/',
  '/api.v1/things//parts/2',
  '/apixv1/things/1/parts/2',
  '/things/1/parts/2',
  'x/api.v1/things/1/parts/2',
])('%s is no path of the contract', (path) => {
  expect(paths.match(path)).toBe(null);
});

test('a prefix stands before the base path', () => {
  const mounted = createPaths(contract, '/v+');
  expect(mounted.match('/v+/api.v1/things/1/parts/2')?.values).toEqual({ thingId: '1', partId: '2' });
  expect(mounted.match('/api.v1/things/1/parts/2')).toBe(null);
});

test('HEAD belongs to GET unless the path has an operation for it', () => {
  const ofPath = (path: string, method: string) => {
    const match = paths.match(path);
    return match && operationFor(match.item, method)?.operationId;
  };
  expect(ofPath('/api.v1/things/1/parts/2', 'HEAD')).toBe('Get');
  expect(ofPath('/api.v1/things/1/parts/first', 'HEAD')).toBe('HeadFirst');
  expect(ofPath('/api.v1/things/1/parts/2', 'PATCH')).toBe('Patch');
  expect(ofPath('/api.v1/things/1/parts/first', 'PATCH')).toBe(undefined);
});
