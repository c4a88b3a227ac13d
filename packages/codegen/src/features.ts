import { formats, numberFormats, parameterStyles } from '@contract-first/core';
import { securityTypes } from './operation/security.ts';
import { methods } from './plan-contract.ts';
import { assertionKeywords, schemaKeywords, schemaListKeywords, schemaMapKeywords } from './schema/keywords.ts';

/**
 * What generation accepts and the packages enforce: made of the tables that it decides by, and listed here where it has
 * none. The tests of `@contract-first/trial` find them in documents by these names.
 */
export const features: readonly string[] = [
  ...methods.map((method) => `method ${method}`),
  ...[...assertionKeywords, ...schemaKeywords, ...schemaListKeywords, ...schemaMapKeywords].map(
    (keyword) => `keyword ${keyword}`,
  ),
  ...[...Object.keys(formats), ...Object.keys(numberFormats)].map((format) => `format ${format}`),
  ...Object.entries(parameterStyles).flatMap(([style, { places, kinds, explode }]) =>
    places.flatMap((place) =>
      kinds.flatMap((kind) => explode.map((isExploded) => `parameter ${place} ${style} ${kind} explode ${isExploded}`)),
    ),
  ),
  ...['path', 'query', 'header', 'cookie'].map((place) => `parameter ${place} content`),
  'parameter query allowReserved',
  ...securityTypes.map((type) => `security ${type}`),
  ...['public operation', 'alternatives of security', 'schemes together', 'scopes'].map((what) => `security ${what}`),
  ...['exact status', 'range', 'default', 'without content', 'header'].map((what) => `response ${what}`),
  ...['string', 'integer', 'number', 'boolean'].map((type) => `response header ${type}`),
  ...['application/json', '+json', 'several'].map((what) => `media type ${what}`),
  ...['required', 'optional'].map((what) => `request body ${what}`),
  ...['x-owner', 'x-resource'].map((what) => `extension ${what}`),
  ...['template', 'concrete beside template'].map((what) => `path ${what}`),
];
