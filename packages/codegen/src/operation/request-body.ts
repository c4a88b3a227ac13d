import type { DocumentReader } from '../document/reader.ts';
import type { Place } from '../document/source.ts';
import type { RequestBodyPlan } from '../plan.ts';
import type { SchemaRegistry } from '../schema/registry.ts';
import { planRequestContent } from './content.ts';

const bodiless = ['get', 'head', 'delete'];

/** The request body of an operation (OAS 3.1 §4.8.13). */
export function planRequestBody(
  reader: DocumentReader,
  registry: SchemaRegistry,
  operation: Place,
  method: string,
  operationId: string,
): RequestBodyPlan | null {
  const declared = reader.member(operation, 'requestBody');
  if (declared === undefined) return null;
  if (bodiless.includes(method)) {
    reader.refuse(
      declared,
      `a body of ${method.toUpperCase()} has no meaning (RFC 9110 §9.3); use another method or parameters`,
    );
  }
  const place = reader.resolve(declared, 'requestBodies');
  if (place === undefined) return null;
  reader.allowOnly(place, 'request body', ['description', 'content', 'required']);
  const content = reader.member(place, 'content');
  if (reader.members(content).length === 0) reader.refuse(place, 'the request body has no content; add a media type');
  return {
    required: reader.flag(place, 'required'),
    content: planRequestContent(reader, registry, content, [operationId, 'request']),
  };
}
