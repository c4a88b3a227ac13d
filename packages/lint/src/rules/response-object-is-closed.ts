import type { Rule, Schema } from '../redocly.ts';
import { subschemas } from '../subschemas.ts';

/**
 * Every object of a response names all of its members. An open one lets a field leave that nobody meant to publish.
 * A map says so by a schema for its values.
 */
export const responseObjectIsClosed: Rule = () => {
  const seen = new Set<Schema>();
  return {
    Response: {
      MediaType({ schema }, context) {
        if (schema === undefined) return;
        for (const part of subschemas(schema, context, seen)) {
          if (!isObject(part.schema) || isClosed(part.schema) || part.isClosedByParent) continue;
          const message = `${part.name}: add \`additionalProperties: false\`. Otherwise a reply may hold anything.`;
          context.report({ message, location: part.location });
        }
      },
    },
  };
};

function isObject({ type, properties }: Schema): boolean {
  return properties !== undefined || (Array.isArray(type) ? type.includes('object') : type === 'object');
}

function isClosed({ additionalProperties, unevaluatedProperties }: Schema): boolean {
  return [additionalProperties, unevaluatedProperties].some(
    (rest) => rest === false || (typeof rest === 'object' && Object.keys(rest).length > 0),
  );
}
