import { type Editor, isObject, type Mutation, type Path, type Site } from './contract-document.ts';
import { members, type Sites } from './sites.ts';

/** Every change of an operation: its names, statuses, parameters, and what it says about resource and owner. */
export function operationMutations(sites: Sites): Mutation[] {
  return [
    ...sites.operations.flatMap((operation) => [
      ...names(operation),
      ...statuses(operation, sites),
      ...parameters(operation, sites),
      ...body(operation),
      ...extension(operation, 'x-resource', 'resource'),
      ...extension(operation, 'x-owner', 'owner'),
    ]),
    ...paths(sites),
    ...servers(sites),
  ];
}

function names({ path, value }: Site): Mutation[] {
  const id = String(value['operationId']);
  const [, template = '', method = ''] = path.map(String);
  const other = method === 'get' ? 'delete' : 'post';
  return [
    {
      kind: 'operation-id-renamed',
      path: [...path, 'operationId'],
      change: `${id} is called ${id}Renamed`,
      apply: (edit) => edit.set([...path, 'operationId'], `${id}Renamed`),
    },
    {
      kind: 'method-changed',
      path,
      change: `${method} ${template} becomes ${other}`,
      apply: (edit) => edit.rename(path, other),
    },
    { kind: 'operation-removed', path, change: `${id} is removed`, apply: (edit) => edit.remove(path) },
  ];
}

function statuses(operation: Site, { root }: Sites): Mutation[] {
  const own = members(operation, 'responses');
  const components = isObject(root['components']) ? root['components']['responses'] : undefined;
  const [, anyResponse] = Object.keys(isObject(components) ? components : {}).reverse();
  const at = [...operation.path, 'responses'];
  const unused = ['409', '201', '400'].filter((status) => !own.some(({ path }) => path.at(-1) === status));
  return [
    ...own.flatMap(({ path }) => [statusRemoved(path), statusChanged(path), ...statusExchanged(path, own)]),
    ...unused.map((status) => ({
      kind: 'status-added',
      path: at,
      detail: status,
      change: `the status ${status} is added`,
      apply: (edit: Editor) => edit.set([...at, status], { $ref: `#/components/responses/${anyResponse}` }),
    })),
  ];
}

function statusRemoved(path: Path): Mutation {
  const status = String(path.at(-1));
  return {
    kind: 'status-removed',
    path,
    change: `the status ${status} is removed`,
    apply: (edit) => edit.remove(path),
  };
}

function statusChanged(path: Path): Mutation {
  const status = String(path.at(-1));
  const other = status.startsWith('2') ? '202' : status.startsWith('3') ? '307' : '418';
  return {
    kind: 'status-changed',
    path,
    change: `the status ${status} becomes ${other}`,
    apply: (edit) => edit.rename(path, other),
  };
}

/** A status that is described as the next one of the operation. */
function statusExchanged(path: Path, own: readonly Site[]): Mutation[] {
  const index = own.findIndex((site) => site.path === path);
  const other = own.at((index + 1) % own.length);
  if (other === undefined || other.path === path || !('$ref' in other.value)) return [];
  const reference = other.value['$ref'];
  return [
    {
      kind: 'response-exchanged',
      path,
      change: `the status ${String(path.at(-1))} is described as ${String(reference)}`,
      apply: (edit) => edit.set([...path, '$ref'], reference),
    },
  ];
}

function parameters({ path, value }: Site, sites: Sites): Mutation[] {
  const own = Array.isArray(value['parameters']) ? value['parameters'] : [];
  const at = [...path, 'parameters'];
  const added = {
    name: 'added',
    in: 'query',
    description: 'Added.',
    schema: { type: 'string', maxLength: 8 },
    example: 'a',
  };
  // One of a path would need a place in the template.
  const names = sites.parameters
    .filter((parameter) => parameter.path[0] === 'components' && parameter.value['in'] !== 'path')
    .map((parameter) => `#/components/parameters/${String(parameter.path.at(-1))}`)
    .filter((reference) => !own.some((each) => isObject(each) && each['$ref'] === reference));
  return [
    ...own.map((parameter: unknown, index) => ({
      kind: 'parameter-removed',
      path: at,
      detail: isObject(parameter)
        ? (String(parameter['$ref'] ?? parameter['name'])
            .split('/')
            .at(-1) ?? '')
        : String(index),
      change: `the parameter ${JSON.stringify(parameter)} is removed`,
      apply: (edit: Editor) =>
        edit.set(
          at,
          own.filter((each) => each !== parameter),
        ),
    })),
    ...names.map((reference) => ({
      kind: 'parameter-added',
      path: at,
      detail: reference.split('/').at(-1) ?? '',
      change: `the parameter ${reference} is added`,
      apply: (edit: Editor) => edit.set(at, [...own, { $ref: reference }]),
    })),
    {
      kind: 'parameter-added',
      path: at,
      detail: 'optional-query',
      change: 'an optional query parameter is added',
      apply: (edit) => edit.set(at, [...own, added]),
    },
    {
      kind: 'parameter-added',
      path: at,
      detail: 'required-query',
      change: 'a required query parameter is added',
      apply: (edit) => edit.set(at, [...own, { ...added, required: true }]),
    },
  ];
}

function body({ path, value }: Site): Mutation[] {
  const at = [...path, 'requestBody'];
  if (!('requestBody' in value)) return [];
  return [
    { kind: 'request-body-removed', path: at, change: 'the request has no body', apply: (edit) => edit.remove(at) },
  ];
}

/** Dropped as a whole, each optional member dropped, each member changed. */
function extension({ path, value }: Site, key: string, name: string): Mutation[] {
  const at = [...path, key];
  const content = value[key];
  if (!isObject(content)) return [];
  const dropped: Mutation = {
    kind: `${name}-dropped`,
    path: at,
    change: `${key} is dropped`,
    apply: (edit) => edit.remove(at),
  };
  const changed = Object.keys(content).flatMap((member): Mutation[] => [
    {
      kind: `${name}-changed`,
      path: [...at, member],
      change: `${member} of ${key} gets an x at its end`,
      apply: (edit) => edit.set([...at, member], `${String(content[member])}x`),
    },
    {
      kind: `${name}-member-dropped`,
      path: [...at, member],
      change: `${member} of ${key} is dropped`,
      apply: (edit) => edit.remove([...at, member]),
    },
  ]);
  return [dropped, ...changed];
}

function paths({ root }: Sites): Mutation[] {
  return Object.keys(isObject(root['paths']) ? root['paths'] : {}).flatMap((template) =>
    [`${template}/more`, template.replace(/^\/(\w+)/, '/$1x')].map((other) => ({
      kind: 'path-changed',
      path: ['paths', template],
      detail: other,
      change: `the path ${template} becomes ${other}`,
      apply: (edit: Editor) => edit.rename(['paths', template], other),
    })),
  );
}

function servers({ root }: Sites): Mutation[] {
  const list: readonly unknown[] = Array.isArray(root['servers']) ? root['servers'] : [];
  return list.flatMap((server, index): Mutation[] => {
    const url = isObject(server) ? String(server['url']) : '';
    const at = ['servers', index, 'url'];
    return [
      {
        kind: 'server-path-changed',
        path: at,
        change: `${url} gets an x at its end`,
        apply: (edit) => edit.set(at, `${url}x`),
      },
      {
        kind: 'server-host-changed',
        path: at,
        change: `the host of ${url} becomes other.example`,
        apply: (edit) => edit.set(at, url.replace(/\/\/[^/]+/, '//other.example')),
      },
    ];
  });
}
