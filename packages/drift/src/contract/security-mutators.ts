import { type Editor, isObject, type Mutation, type Path, type Site } from './contract-document.ts';
import { members, type Sites } from './sites.ts';

/** Every change of who may do what. */
export function securityMutations(sites: Sites): Mutation[] {
  const global = sites.root['security'];
  return [
    ...requirements({ path: [], value: { security: global } }),
    ...sites.operations.flatMap(requirements),
    ...schemes(sites),
  ];
}

function requirements({ path, value }: Site): Mutation[] {
  const at = [...path, 'security'];
  const list: readonly unknown[] = Array.isArray(value['security']) ? value['security'] : [];
  const alternatives = list.filter(isObject);
  if (alternatives.length === 0) return [];
  return [
    { kind: 'security-dropped', path: at, change: 'security is dropped', apply: (edit) => edit.remove(at) },
    { kind: 'security-opened', path: at, change: 'nobody needs a token', apply: (edit) => edit.set(at, []) },
    {
      kind: 'security-opened',
      path: at,
      detail: 'alternative',
      change: 'an alternative without a scheme is added',
      apply: (edit) => edit.set(at, [...alternatives, {}]),
    },
    ...alternatives.flatMap((alternative, index) => [
      {
        kind: 'security-scheme-dropped',
        path: at,
        detail: Object.keys(alternative).join('+'),
        change: `the alternative ${Object.keys(alternative).join(' and ')} is dropped`,
        apply: (edit: Editor) =>
          edit.set(
            at,
            alternatives.filter((each) => each !== alternative),
          ),
      },
      ...Object.entries(alternative).flatMap(([scheme, scopes]) => scopeChanges([...at, index, scheme], scopes)),
    ]),
  ];
}

function scopeChanges(path: Path, value: unknown): Mutation[] {
  const scopes: readonly unknown[] = Array.isArray(value) ? value : [];
  const set = (kind: string, change: string, to: readonly unknown[]): Mutation => ({
    kind,
    path,
    detail: change,
    change,
    apply: (edit) => edit.set(path, to),
  });
  return [
    ...scopes.flatMap((scope) => {
      const rest = scopes.filter((each) => each !== scope);
      return [
        set('scope-dropped', `the scope ${String(scope)} is dropped`, rest),
        set('scope-changed', `the scope ${String(scope)} becomes another`, [...rest, `${String(scope)}x`]),
      ];
    }),
    set('scope-added', 'the scope user:users:admin is required, too', [...scopes, 'user:users:admin']),
  ];
}

function schemes({ root }: Sites): Mutation[] {
  const components = root['components'];
  if (!isObject(components)) return [];
  return members({ path: ['components'], value: components }, 'securitySchemes').flatMap((scheme) => {
    const { path } = scheme;
    const name = String(path.at(-1));
    return [
      {
        kind: 'scheme-removed',
        path,
        change: `the scheme ${name} is removed`,
        apply: (edit: Editor) => edit.remove(path),
      },
      {
        kind: 'scheme-renamed',
        path,
        change: `the scheme ${name} is renamed`,
        apply: (edit: Editor) => edit.rename(path, `${name}Renamed`),
      },
      ...urls(scheme),
      ...members(scheme, 'flows').flatMap((flow) => [...urls(flow), ...scopeNames(flow)]),
    ];
  });
}

function urls({ path, value }: Site): Mutation[] {
  return Object.entries(value)
    .filter(([key]) => key.endsWith('Url'))
    .map(([key, url]) => ({
      kind: 'scheme-url-changed',
      path: [...path, key],
      change: `${key} gets an x at its end`,
      apply: (edit) => edit.set([...path, key], `${String(url)}x`),
    }));
}

function scopeNames(flow: Site): Mutation[] {
  const scopes = flow.value['scopes'];
  return Object.keys(isObject(scopes) ? scopes : {}).map((scope) => {
    const at = [...flow.path, 'scopes', scope];
    return {
      kind: 'scope-removed',
      path: at,
      change: `the scope ${scope} is offered no more`,
      apply: (edit) => edit.remove(at),
    };
  });
}
