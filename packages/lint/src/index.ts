import type { Plugin, Rule } from './redocly.ts';
import { errorHasSharedSchema } from './rules/error-has-shared-schema.ts';
import { mediaTypeHasExample } from './rules/media-type-has-example.ts';
import { mediaTypeIsListed } from './rules/media-type-is-listed.ts';
import { nodeHasDescription } from './rules/node-has-description.ts';
import { operationHasId } from './rules/operation-has-id.ts';
import { operationHasOwner } from './rules/operation-has-owner.ts';
import { operationHasSecurity } from './rules/operation-has-security.ts';
import { requestBodyHas415And422 } from './rules/request-body-has-415-and-422.ts';
import { responseBodyHas406 } from './rules/response-body-has-406.ts';
import { responseObjectIsClosed } from './rules/response-object-is-closed.ts';
import { stringHasMaxLength } from './rules/string-has-max-length.ts';

const rules: Readonly<Record<string, Rule>> = {
  'error-has-shared-schema': errorHasSharedSchema,
  'media-type-has-example': mediaTypeHasExample,
  'media-type-is-listed': mediaTypeIsListed,
  'node-has-description': nodeHasDescription,
  'operation-has-id': operationHasId,
  'operation-has-owner': operationHasOwner,
  'operation-has-security': operationHasSecurity,
  'request-body-has-415-and-422': requestBodyHas415And422,
  'response-body-has-406': responseBodyHas406,
  'response-object-is-closed': responseObjectIsClosed,
  'string-has-max-length': stringHasMaxLength,
};

/** The plugin `contract`. Redocly calls the default export. */
// biome-ignore lint/style/noDefaultExport: Redocly takes a plugin only as a default export.
export default function contractPlugin(): Plugin {
  return { id: 'contract', rules: { oas3: rules } };
}
