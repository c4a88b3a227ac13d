import { operationName } from '../place.ts';
import type { Rule } from '../redocly.ts';

/** Every operation has an operationId. */
export const operationHasId: Rule = () => ({
  Operation(operation, context) {
    if (operation.operationId) return;
    const message = `${operationName(context.location)}: add an operationId. Types, routes and handlers are found by it.`;
    context.report({ message, location: context.location.key() });
  },
});
