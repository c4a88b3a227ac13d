import type { DocumentReader, Member } from '../document/reader.ts';
import type { Place } from '../document/source.ts';
import type { HeaderPlan, ResponsePlan } from '../plan.ts';
import type { SchemaRegistry } from '../schema/registry.ts';
import { valueType } from '../schema/value-type.ts';
import { planReplyContent, refuseDifferentSchemas } from './content.ts';

const headerMembers = [
  'description',
  'required',
  'deprecated',
  'style',
  'explode',
  'schema',
  'example',
  'examples',
  'content',
];
const statusKey = /^(?:[2-5]\d\d|[2-5]XX|default)$/;
const fieldName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** The responses of an operation by status (OAS 3.1 §4.8.16). */
export function planResponses(
  reader: DocumentReader,
  registry: SchemaRegistry,
  operation: Place,
  method: string,
  operationId: string,
): Readonly<Record<string, ResponsePlan>> {
  const responses = reader.members(reader.member(operation, 'responses')).filter(({ key }) => !key.startsWith('x-'));
  if (responses.length === 0) reader.refuse(operation, `${operationId} has no responses; add at least one`);
  const plan: Record<string, ResponsePlan> = {};
  for (const response of responses) {
    if (!statusKey.test(response.key)) {
      reader.refuse(response, `the status ${response.key} is none; use for example 200, 4XX or default`);
    }
    const place = reader.resolve(response, 'responses');
    if (place !== undefined) plan[response.key] = planResponse(reader, registry, place, [operationId, response.key]);
    if (place !== undefined) refuseImpossibleBody(reader, place, response, method);
  }
  return plan;
}

function planResponse(
  reader: DocumentReader,
  registry: SchemaRegistry,
  place: Place,
  hint: readonly string[],
): ResponsePlan {
  reader.allowOnly(place, 'response', ['description', 'headers', 'content', 'links']);
  const content = reader.member(place, 'content');
  refuseDifferentSchemas(reader, content);
  const headers: Record<string, HeaderPlan> = {};
  for (const declared of reader.members(reader.member(place, 'headers'))) {
    const name = declared.key.toLowerCase();
    if (Object.hasOwn(headers, name)) reader.refuse(declared, `the header ${name} is there twice; remove one`);
    const header = planHeader(reader, registry, declared, [...hint, name]);
    if (header !== undefined) headers[name] = header;
  }
  return { headers, content: planReplyContent(reader, registry, content, hint) };
}

function planHeader(
  reader: DocumentReader,
  registry: SchemaRegistry,
  declared: Member,
  hint: readonly string[],
): HeaderPlan | undefined {
  const what = `the header ${declared.key}`;
  if (!fieldName.test(declared.key)) reader.refuse(declared, `${what} is not a field name (RFC 9110 §5.1); rename it`);
  if (declared.key.toLowerCase() === 'content-type') {
    reader.refuse(declared, `OpenAPI ignores ${what}; content says the media types`);
  }
  const place = reader.resolve(declared, 'headers');
  if (place === undefined) return undefined;
  reader.allowOnly(place, 'header', headerMembers);
  const style = reader.member(place, 'style');
  if (style !== undefined && style.value !== 'simple') reader.refuse(style, `the style of ${what} must be simple`);
  const schema = reader.member(place, 'schema');
  if (schema === undefined) {
    reader.refuse(reader.member(place, 'content') ?? place, `${what} has no schema; add one`);
    return undefined;
  }
  const type = valueType(reader, schema, what);
  if (type?.array === true)
    reader.refuse(schema, `${what} is a list, which is not validated; use a string with a pattern`);
  return (
    type && {
      required: reader.flag(place, 'required'),
      type: type.type,
      validate: registry.add({ schema, holder: place, direction: 'response' }, hint),
    }
  );
}

function refuseImpossibleBody(reader: DocumentReader, place: Place, { key }: Member, method: string): void {
  const content = reader.member(place, 'content');
  if (content === undefined || reader.members(content).length === 0) return;
  if (['204', '205', '304'].includes(key))
    reader.refuse(content, `a ${key} has no body (RFC 9110 §6.4.1); remove content`);
  if (method === 'head') reader.refuse(content, 'a reply to HEAD has no body (RFC 9110 §9.3.2); remove content');
}
