import { operationName } from '../place.ts';
import type { Rule } from '../redocly.ts';

/** Every operation says itself who may use it; the document's default carries no scopes and is easily forgotten. */
export const operationHasSecurity: Rule = () => ({
  Operation(operation, context) {
    if (Array.isArray(operation.security)) return;
    const message = `${operationName(context.location)}: add security with the scopes, or \`security: []\` for a public operation.`;
    context.report({ message, location: context.location.key() });
  },
});
