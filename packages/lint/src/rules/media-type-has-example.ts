import type { Rule } from '../redocly.ts';

/** Every media type of a request or a response shows an example; Redocly's own rules check it against the schema. */
export const mediaTypeHasExample: Rule = () => ({
  MediaType(mediaType, context) {
    if ('example' in mediaType || Object.keys(mediaType.examples ?? {}).length > 0) return;
    const message = `${context.key}: add examples. People learn from them and tests are made of them.`;
    context.report({ message, location: context.location.key() });
  },
});
