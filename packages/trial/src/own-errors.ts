import { contentNode, find, type OpenApiDocument, operationNode, samplesOf } from '@contract-first/conformance';
import { type AnyOperations, type Contract, type Operation, responseKey } from '@contract-first/core';
import { defaultErrorFormat, type ErrorFormat } from '@contract-first/server';

/**
 * The format in which a stub service answers errors: as each operation declares it, by an example or a made value, and
 * otherwise in the default format. A real service has a mapping of its own in its place.
 */
export function declaredErrors(contract: Contract<AnyOperations>, document: OpenApiDocument): ErrorFormat {
  const fallback = defaultErrorFormat(Object.values(contract.operations));
  return (error) => {
    const made = fallback(error);
    const [{ status }] = error.problems;
    const declared = error.operation === null ? null : declaredBody(document, error.operation, status);
    const fits = declared?.content[made.mediaType]?.validate(made.body).length === 0;
    return declared === null || fits ? made : { mediaType: declared.mediaType, body: declared.body };
  };
}

function declaredBody(document: OpenApiDocument, operation: Operation, status: number) {
  const key = responseKey(operation, status);
  const content = key === null ? {} : (operation.responses[key]?.content ?? {});
  const [mediaType] = Object.keys(content);
  if (key === null || mediaType === undefined) return null;
  const response = find(document, operationNode(document, operation), 'responses', key);
  const media = response && contentNode(document, response, mediaType);
  const [body = {}] = media === null ? [] : samplesOf(document, media, 0, 1);
  return { content, mediaType, body };
}
