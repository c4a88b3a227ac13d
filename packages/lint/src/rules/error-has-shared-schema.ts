import { operationName } from '../place.ts';
import type { Response, Rule } from '../redocly.ts';

interface Options {
  /** The `$ref` of the schema that all errors have. */
  readonly schema?: string;
}

/** Every error is told in one shape, so that a client needs one parser for it. */
export const errorHasSharedSchema: Rule<Options> = ({ schema = '#/components/schemas/ErrorDocument' }) => ({
  Responses(responses, context) {
    for (const [status, response] of Object.entries(responses)) {
      if (!isError(status) || hasSchema(context.resolve(response).node, schema)) continue;
      const message = `${operationName(context.location)}: give the response ${status} a body with the schema ${schema} in every media type.`;
      context.report({ message, location: context.location.child([status]).key() });
    }
  },
});

function isError(status: string): boolean {
  return status.startsWith('4') || status.startsWith('5') || status === 'default';
}

function hasSchema(response: Response | undefined, schema: string): boolean {
  const mediaTypes = Object.values(response?.content ?? {});
  return mediaTypes.length > 0 && mediaTypes.every((mediaType) => mediaType.schema?.$ref === schema);
}
