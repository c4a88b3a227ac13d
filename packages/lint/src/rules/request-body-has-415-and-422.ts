import { operationName } from '../place.ts';
import type { Rule } from '../redocly.ts';

const reasons = {
  '415': 'The Content-Type may be another one.',
  '422': 'The document may be invalid.',
};

/** Whatever takes a body can be sent a wrong one (RFC 9110 §15.5.16 and §15.5.21). */
export const requestBodyHas415And422: Rule = () => ({
  Operation(operation, context) {
    if (!('requestBody' in operation)) return;
    for (const [status, reason] of Object.entries(reasons)) {
      if (status in (operation.responses ?? {})) continue;
      const message = `${operationName(context.location)}: add the response ${status}. ${reason}`;
      context.report({ message, location: context.location.child(['responses']).key() });
    }
  },
});
