import { operationName } from '../place.ts';
import type { Context, Operation, Rule } from '../redocly.ts';

/** Whatever answers with a body can fail to be acceptable (RFC 9110 §15.5.7). */
export const responseBodyHas406: Rule = () => ({
  Operation(operation, context) {
    if (!answersWithBody(operation, context) || '406' in (operation.responses ?? {})) return;
    const message = `${operationName(context.location)}: add the response 406. The Accept header may exclude the body.`;
    context.report({ message, location: context.location.child(['responses']).key() });
  },
});

function answersWithBody(operation: Operation, context: Context): boolean {
  const successes = Object.entries(operation.responses ?? {}).filter(([status]) => status.startsWith('2'));
  return successes.some(([, response]) => Object.keys(context.resolve(response).node?.content ?? {}).length > 0);
}
