import { type Editor, isObject, type Mutation, type Site } from './contract-document.ts';
import { members, type Sites } from './sites.ts';

/** Every change of a message: parameters, headers, bodies, media types and examples. */
export function messageMutations(sites: Sites): Mutation[] {
  return [
    ...sites.parameters.flatMap(parameters),
    ...sites.headers.flatMap(headerRequirement),
    ...sites.responses.flatMap((response) => headers(response, sites)),
    ...[...sites.responses, ...sites.requestBodies].flatMap(contents),
    ...sites.requestBodies.flatMap(bodyRequirement),
    ...sites.mediaTypes.flatMap((site) => mediaType(site, sites)),
  ];
}

function parameters({ path, value }: Site): Mutation[] {
  const name = String(value['name']);
  const place = String(value['in']);
  const other = place === 'header' ? 'query' : 'header';
  const isRequired = value['required'] === true;
  return [
    {
      kind: 'parameter-renamed',
      path: [...path, 'name'],
      change: `the parameter ${name} is called ${name}Renamed`,
      apply: (edit) => edit.set([...path, 'name'], `${name}Renamed`),
    },
    {
      kind: 'parameter-moved',
      path: [...path, 'in'],
      change: `the parameter ${name} moves from ${place} to ${other}`,
      apply: (edit) => edit.set([...path, 'in'], other),
    },
    {
      kind: 'parameter-requirement-flipped',
      path: [...path, 'required'],
      change: `the parameter ${name} becomes ${isRequired ? 'optional' : 'required'}`,
      apply: (edit) => edit.set([...path, 'required'], !isRequired),
    },
    ...exampleOf({ path, value }),
  ];
}

function headerRequirement({ path, value }: Site): Mutation[] {
  const isRequired = value['required'] === true;
  return [
    {
      kind: 'header-requirement-flipped',
      path: [...path, 'required'],
      change: `the header becomes ${isRequired ? 'optional' : 'required'}`,
      apply: (edit) => edit.set([...path, 'required'], !isRequired),
    },
    ...exampleOf({ path, value }),
  ];
}

/** The example of a parameter or a header. */
function exampleOf({ path, value }: Site): Mutation[] {
  if (!('example' in value)) return [];
  const at = [...path, 'example'];
  return [{ kind: 'example-removed', path: at, change: 'the example is removed', apply: (edit) => edit.remove(at) }];
}

function headers(response: Site, { root }: Sites): Mutation[] {
  const { path } = response;
  const added = { description: 'Added.', required: true, schema: { type: 'string', maxLength: 8 }, example: 'a' };
  const own = members(response, 'headers').flatMap(({ path: at }): Mutation[] => {
    const name = String(at.at(-1));
    return [
      { kind: 'header-removed', path: at, change: `the header ${name} is removed`, apply: (edit) => edit.remove(at) },
      {
        kind: 'header-renamed',
        path: at,
        change: `the header ${name} is called X-Renamed`,
        apply: (edit) => edit.rename(at, 'X-Renamed'),
      },
      ...headerExchange(at, name, root),
    ];
  });
  const addition: Mutation = {
    kind: 'header-added',
    path: [...path, 'headers'],
    change: 'a required header is added',
    apply: (edit) => edit.set([...path, 'headers', 'X-Added'], added),
  };
  return [...own, addition];
}

/** A reference that leads to another header of the components. */
function headerExchange(at: Site['path'], name: string, root: Sites['root']): Mutation[] {
  const components = isObject(root['components']) ? root['components']['headers'] : undefined;
  const [other] = Object.keys(isObject(components) ? components : {}).filter((each) => each !== name);
  if (other === undefined) return [];
  return [
    {
      kind: 'header-exchanged',
      path: at,
      change: `the header ${name} is described as ${other}`,
      apply: (edit) => edit.set([...at, '$ref'], `#/components/headers/${other}`),
    },
  ];
}

function contents({ path, value }: Site): Mutation[] {
  const content = value['content'];
  if (!isObject(content)) return [];
  const at = [...path, 'content'];
  const other = { schema: { type: 'string', maxLength: 8 }, example: 'a' };
  const removed: Mutation = {
    kind: 'content-removed',
    path: at,
    change: 'the body is removed',
    apply: (edit) => edit.remove(at),
  };
  const added: Mutation = {
    kind: 'media-type-added',
    path: at,
    change: 'text/plain is offered, too',
    apply: (edit) => edit.set([...at, 'text/plain'], other),
  };
  const changed = Object.keys(content).flatMap((name) =>
    otherMediaTypes(name).map((to) => ({
      kind: 'media-type-changed',
      path: [...at, name],
      detail: to,
      change: `the media type ${name} becomes ${to}`,
      apply: (edit: Editor) => edit.rename([...at, name], to),
    })),
  );
  return [removed, added, ...changed];
}

function otherMediaTypes(name: string): readonly string[] {
  return ['application/json', 'application/hal+json'].filter((other) => other !== name);
}

function bodyRequirement({ path, value }: Site): Mutation[] {
  const isRequired = value['required'] === true;
  return [
    {
      kind: 'body-requirement-flipped',
      path: [...path, 'required'],
      change: `the body becomes ${isRequired ? 'optional' : 'required'}`,
      apply: (edit) => edit.set([...path, 'required'], !isRequired),
    },
  ];
}

function mediaType(site: Site, { root }: Sites): Mutation[] {
  const { path, value } = site;
  const examples = members(site, 'examples').flatMap(({ path: at, value: example }): Mutation[] => [
    { kind: 'example-removed', path: at, change: 'the example is removed', apply: (edit) => edit.remove(at) },
    {
      kind: 'example-changed',
      path: at,
      change: 'the first text of the example gets a space at its end',
      apply: (edit) => edit.set([...at, 'value'], withChangedText(example['value']).value),
    },
  ]);
  const schema = value['schema'];
  const components = isObject(root['components']) ? root['components']['schemas'] : undefined;
  const own = isObject(schema) ? schema['$ref'] : undefined;
  const others = Object.keys(isObject(components) ? components : {}).filter(
    (name) => name.endsWith('Document') && !String(own).endsWith(`/${name}`),
  );
  return [
    ...examples,
    ...others.map((name) => ({
      kind: 'schema-exchanged',
      path: [...path, 'schema'],
      detail: name,
      change: `the body is described as ${name}, without examples`,
      apply: (edit: Editor) => {
        edit.set([...path, 'schema', '$ref'], `#/components/schemas/${name}`);
        edit.remove([...path, 'examples']);
      },
    })),
  ];
}

/** The same value with a space after its first text. */
function withChangedText(value: unknown): { readonly value: unknown; readonly isChanged: boolean } {
  if (typeof value === 'string') return { value: `${value} `, isChanged: true };
  if (typeof value !== 'object' || value === null) return { value, isChanged: false };
  let isChanged = false;
  const change = (member: unknown): unknown => {
    if (isChanged) return member;
    const changed = withChangedText(member);
    isChanged = changed.isChanged;
    return changed.value;
  };
  const entries = Object.entries(value).map(([key, member]) => [key, change(member)] as const);
  return { value: Array.isArray(value) ? entries.map(([, member]) => member) : Object.fromEntries(entries), isChanged };
}
