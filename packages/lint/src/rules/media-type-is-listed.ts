import type { Rule } from '../redocly.ts';

interface Options {
  /** The media types that bodies may have. */
  readonly mediaTypes?: readonly string[];
}

/** Bodies have no media type but those of the options; without options it is JSON:API's. */
export const mediaTypeIsListed: Rule<Options> = ({ mediaTypes = ['application/vnd.api+json'] }) => ({
  MediaTypesMap(content, context) {
    for (const mediaType of Object.keys(content)) {
      if (mediaTypes.includes(mediaType)) continue;
      const message = `${mediaType}: use ${mediaTypes.join(' or ')} instead, or add the media type to this rule's options.`;
      context.report({ message, location: context.location.child([mediaType]).key() });
    }
  },
});
