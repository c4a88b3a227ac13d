import { operationName } from '../place.ts';
import type { Operation, Rule } from '../redocly.ts';

interface Options {
  /** Path parameters that hold the id of a user. */
  readonly parameters?: readonly string[];
}

/**
 * Every operation below a user's path says whose token may use it, so that nobody reads another user's data. Only a
 * public operation has no token to compare.
 */
export const operationHasOwner: Rule<Options> = ({ parameters = ['userId'] }) => ({
  Operation(operation, context) {
    const name = operationName(context.location);
    const owned = parameters.find((parameter) => name.includes(`{${parameter}}`));
    if (owned === undefined || 'x-owner' in operation || isPublic(operation)) return;
    const message = `${name}: add x-owner, for example \`{ subject: $request.path.${owned} }\`. Without it every token with the scope may act on every user.`;
    context.report({ message, location: context.location.key() });
  },
});

function isPublic({ security }: Operation): boolean {
  return security?.length === 0;
}
