import type { DocumentReader, Member } from '../document/reader.ts';
import type { Place } from '../document/source.ts';
import type { ContentPlan, ReplyContentPlan } from '../plan.ts';
import { normalizeSchema } from '../schema/normalize.ts';
import type { SchemaRegistry } from '../schema/registry.ts';

const json = /^(?:application\/json|[a-z0-9][a-z0-9!#$&^_.-]*\/[a-z0-9][a-z0-9!#$&^_.-]*\+json)$/;

/** The bodies of a request by media type (OAS 3.1 §4.8.14). */
export function planRequestContent(
  reader: DocumentReader,
  registry: SchemaRegistry,
  content: Place | undefined,
  hint: readonly string[],
): ContentPlan {
  return planContent(reader, content, (schema, holder, mediaType) => ({
    validate: registry.add({ schema, holder, direction: 'request' }, [...hint, mediaType]),
  }));
}

/** The bodies of a response by media type (OAS 3.1 §4.8.14). */
export function planReplyContent(
  reader: DocumentReader,
  registry: SchemaRegistry,
  content: Place | undefined,
  hint: readonly string[],
): ReplyContentPlan {
  return planContent(reader, content, (schema, holder, mediaType) => ({
    validate: registry.add({ schema, holder, direction: 'response' }, [...hint, mediaType]),
    validateOpen: registry.addOpen(schema, [...hint, mediaType]),
  }));
}

function planContent<T>(
  reader: DocumentReader,
  content: Place | undefined,
  planBody: (schema: Place, holder: Member, mediaType: string) => T,
): Record<string, T> {
  const plan: Record<string, T> = {};
  for (const member of reader.members(content)) {
    const mediaType = member.key.toLowerCase();
    const reason = refusedMediaType(member.key);
    if (reason !== undefined) reader.refuse(member, reason);
    if (Object.hasOwn(plan, mediaType)) reader.refuse(member, `the media type ${mediaType} is there twice; remove one`);
    reader.allowOnly(member, 'media type', ['schema', 'example', 'examples']);
    const schema = reader.member(member, 'schema');
    if (schema === undefined) reader.refuse(member, `the media type ${member.key} has no schema; add one`);
    else plan[mediaType] = planBody(schema, member, mediaType);
  }
  return plan;
}

function refusedMediaType(mediaType: string): string | undefined {
  if (mediaType.includes(';')) {
    return `the media type ${mediaType} has parameters; leave them out, the server decides on them`;
  }
  if (mediaType.includes('*')) return `the media type ${mediaType} is a range; name each media type`;
  if (json.test(mediaType.toLowerCase())) return undefined;
  return `the media type ${mediaType} is not JSON, the only format that can be validated; use application/json or a +json type`;
}

/** Refuses media types with different schemas: which of them a reply has is not known where it is typed. */
export function refuseDifferentSchemas(reader: DocumentReader, content: Place | undefined): void {
  const schemas = (content === undefined ? [] : reader.members(content)).map((member: Member) =>
    reader.member(member, 'schema'),
  );
  const [first, ...rest] = schemas;
  for (const schema of rest) {
    if (first && schema && text(schema) !== text(first)) {
      reader.refuse(schema, 'the media types of one response have different schemas; use the same schema for each');
    }
  }
}

function text(schema: Place): string {
  return JSON.stringify(normalizeSchema(schema.value));
}
