import { type Editor, isObject, type Mutation, type Path, type Site } from './contract-document.ts';
import { mediaTypesWith, members, type Sites } from './sites.ts';

/** Every change of a schema that a client or a server could notice. */
export function schemaMutations(sites: Sites): Mutation[] {
  return sites.schemas.flatMap((schema) => [
    ...properties(sites, schema),
    ...required(schema),
    ...types(schema),
    ...formats(schema),
    ...patterns(schema),
    ...values(schema),
    ...limits(schema),
    ...closedness(schema),
  ]);
}

function properties(sites: Sites, schema: Site): Mutation[] {
  const names = members(schema, 'properties').map(({ path }) => String(path.at(-1)));
  const added = { description: 'Added.', type: ['string', 'null'], maxLength: 8, examples: ['a'] };
  if (names.length === 0) return [];
  return [
    ...names.flatMap((name) => [removal(sites, schema, name), renaming(sites, schema, name)]),
    {
      kind: 'property-added',
      path: schema.path,
      change: 'an optional property is added',
      apply: (edit) => edit.set([...schema.path, 'properties', 'addedMember'], added),
    },
    {
      kind: 'property-added-required',
      path: schema.path,
      change: 'a required property is added, to the examples too',
      apply: (edit) => {
        edit.set([...schema.path, 'properties', 'addedMember'], added);
        edit.set([...schema.path, 'required'], [...requiredOf(schema), 'addedMember']);
        changeExamples(sites, schema, edit, (value) => (isLike(value, names) ? { ...value, addedMember: 'a' } : value));
      },
    },
  ];
}

/** The property goes, and with it what mentions it: the list of required ones and the examples. */
function removal(sites: Sites, schema: Site, name: string): Mutation {
  return {
    kind: 'property-removed',
    path: [...schema.path, 'properties', name],
    change: `the property ${name} is removed, from the examples too`,
    apply: (edit) => {
      edit.remove([...schema.path, 'properties', name]);
      replaceRequired(schema, edit, (required) => required.filter((each) => each !== name));
      changeExamples(sites, schema, edit, ({ [name]: _, ...rest }) => rest);
    },
  };
}

function renaming(sites: Sites, schema: Site, name: string): Mutation {
  const renamed = `${name}Renamed`;
  return {
    kind: 'property-renamed',
    path: [...schema.path, 'properties', name],
    change: `the property ${name} is called ${renamed}, in the examples too`,
    apply: (edit) => {
      edit.rename([...schema.path, 'properties', name], renamed);
      replaceRequired(schema, edit, (required) => required.map((each) => (each === name ? renamed : each)));
      changeExamples(sites, schema, edit, (value) => {
        const entries = Object.entries(value).map(([key, member]) => [key === name ? renamed : key, member]);
        return Object.fromEntries(entries);
      });
    },
  };
}

type Members = Readonly<Record<string, unknown>>;

/** Changes every object in the examples of the media types that the schema belongs to. */
function changeExamples(sites: Sites, schema: Site, edit: Editor, change: (value: Members) => Members): void {
  for (const { path } of mediaTypesWith(sites, schema.path)) {
    const examples = edit.get([...path, 'examples']);
    for (const name of Object.keys(isObject(examples) ? examples : {})) {
      const at = [...path, 'examples', name, 'value'];
      edit.set(at, changeDeeply(edit.get(at), change));
    }
  }
}

function changeDeeply(value: unknown, change: (value: Members) => Members): unknown {
  if (Array.isArray(value)) return value.map((item) => changeDeeply(item, change));
  if (!isObject(value)) return value;
  const inner = Object.entries(value).map(([key, member]) => [key, changeDeeply(member, change)]);
  return change(Object.fromEntries(inner));
}

/** Whether an example may be one of the schema, as far as its names tell. */
function isLike(value: Members, names: readonly string[]): boolean {
  const own = Object.keys(value);
  return own.length > 0 && own.every((name) => names.includes(name));
}

function requiredOf({ value }: Site): readonly string[] {
  return Array.isArray(value['required']) ? value['required'].map(String) : [];
}

function replaceRequired(schema: Site, edit: Editor, change: (names: readonly string[]) => readonly string[]): void {
  if ('required' in schema.value) edit.set([...schema.path, 'required'], change(requiredOf(schema)));
}

function required(schema: Site): Mutation[] {
  const path = [...schema.path, 'required'];
  const names = members(schema, 'properties').map(({ path: at }) => String(at.at(-1)));
  const given = requiredOf(schema);
  const dropped = given.map((name) => ({
    kind: 'required-dropped',
    path,
    detail: name,
    change: `${name} is required no more`,
    apply: (edit: Editor) =>
      edit.set(
        path,
        given.filter((each) => each !== name),
      ),
  }));
  const added = names
    .filter((name) => !given.includes(name))
    .map((name) => ({
      kind: 'required-added',
      path: schema.path,
      detail: name,
      change: `${name} becomes required`,
      apply: (edit: Editor) => edit.set(path, [...given, name]),
    }));
  return [...dropped, ...added];
}

const forOneType = ['format', 'pattern', 'minLength', 'maxLength', 'enum', 'const', 'minimum', 'maximum', 'examples'];
const forObjects = ['properties', 'required', 'additionalProperties', 'minProperties', 'maxProperties'];
const forArrays = ['items', 'minItems', 'maxItems'];

function typesOf({ value }: Site): readonly string[] {
  const type = value['type'];
  return Array.isArray(type) ? type.map(String) : typeof type === 'string' ? [type] : [];
}

function types(schema: Site): Mutation[] {
  const path = [...schema.path, 'type'];
  const given = typesOf(schema);
  const [own] = given.filter((type) => type !== 'null');
  if (own === undefined) return [];
  const other = own === 'string' ? 'boolean' : 'string';
  const retyped = {
    kind: 'type-changed',
    path,
    change: `the type ${own} becomes ${other}; what applies to ${own} alone goes`,
    apply: (edit: Editor) => {
      edit.set(path, given.length > 1 ? given.map((type) => (type === own ? other : type)) : other);
      for (const keyword of [...forOneType, ...forObjects, ...forArrays]) edit.remove([...schema.path, keyword]);
      if (other === 'string') edit.set([...schema.path, 'maxLength'], 64);
    },
  };
  return [retyped, nullability(schema, path, given, own)];
}

function nullability(schema: Site, path: Path, given: readonly string[], own: string): Mutation {
  const list = schema.value['enum'];
  const isNullable = given.includes('null');
  return {
    kind: isNullable ? 'null-refused' : 'null-allowed',
    path,
    change: isNullable ? 'null is refused' : 'null is allowed',
    apply: (edit) => {
      edit.set(path, isNullable ? own : [own, 'null']);
      if (!Array.isArray(list)) return;
      const rest = list.filter((item) => item !== null);
      edit.set([...schema.path, 'enum'], isNullable ? rest : [...rest, null]);
    },
  };
}

function formats({ path, value }: Site): Mutation[] {
  const format = value['format'];
  if (typeof format !== 'string') return [];
  const other = format === 'hostname' ? 'uuid' : 'hostname';
  const at = [...path, 'format'];
  return [
    { kind: 'format-dropped', path: at, change: `the format ${format} is dropped`, apply: (edit) => edit.remove(at) },
    {
      kind: 'format-changed',
      path: at,
      change: `the format ${format} becomes ${other}, without examples`,
      apply: (edit) => {
        edit.set(at, other);
        edit.remove([...path, 'examples']);
      },
    },
  ];
}

function patterns({ path, value }: Site): Mutation[] {
  const pattern = value['pattern'];
  if (typeof pattern !== 'string') return [];
  const at = [...path, 'pattern'];
  return [
    { kind: 'pattern-dropped', path: at, change: 'the pattern is dropped', apply: (edit) => edit.remove(at) },
    {
      kind: 'pattern-widened',
      path: at,
      change: 'the pattern takes a leading #, too',
      apply: (edit) => edit.set(at, pattern.replace(/^\^/, '^#?')),
    },
  ];
}

function values({ path, value }: Site): Mutation[] {
  const list = Array.isArray(value['enum']) ? value['enum'] : [];
  const at = [...path, 'enum'];
  const removed = list.map((item) => ({
    kind: 'enum-value-removed',
    path: at,
    detail: String(item),
    change: `the value ${String(item)} is removed`,
    apply: (edit: Editor) =>
      edit.set(
        at,
        list.filter((each) => each !== item),
      ),
  }));
  const added = {
    kind: 'enum-value-added',
    path: at,
    change: 'the value added is added',
    apply: (edit: Editor) => edit.set(at, [...list, 'added']),
  };
  const constant = {
    kind: 'const-changed',
    path: [...path, 'const'],
    change: `the constant ${String(value['const'])} gets an x at its end`,
    apply: (edit: Editor) => edit.set([...path, 'const'], `${String(value['const'])}x`),
  };
  return [...removed, ...(list.length > 0 ? [added] : []), ...('const' in value ? [constant] : [])];
}

const limitKeywords = [
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minimum',
  'maximum',
  'minProperties',
  'maxProperties',
];

function limits({ path, value }: Site): Mutation[] {
  return limitKeywords.flatMap((keyword) => {
    const limit = value[keyword];
    if (typeof limit !== 'number') return [];
    const at = [...path, keyword];
    const moved = (kind: string, to: number): Mutation => ({
      kind,
      path: at,
      change: `${keyword} ${limit} becomes ${to}`,
      apply: (edit) => edit.set(at, to),
    });
    const dropped: Mutation = {
      kind: 'limit-dropped',
      path: at,
      change: `${keyword} is dropped`,
      apply: (edit) => edit.remove(at),
    };
    const lowered = limit > 0 ? [moved('limit-lowered', limit - 1)] : [];
    return [moved('limit-raised', limit + 1), ...lowered, dropped];
  });
}

function closedness({ path, value }: Site): Mutation[] {
  if (!('properties' in value)) return [];
  const at = [...path, 'additionalProperties'];
  const isClosed = value['additionalProperties'] === false;
  return [
    {
      kind: isClosed ? 'object-opened' : 'object-closed',
      path,
      change: isClosed ? 'additionalProperties: false is dropped' : 'additionalProperties: false is added',
      apply: (edit) => (isClosed ? edit.remove(at) : edit.set(at, false)),
    },
  ];
}
