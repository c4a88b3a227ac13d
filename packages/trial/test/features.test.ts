import { compileDocument, features } from '@contract-first/codegen';
import type { AnyOperations, Contract, Operation, Parameter } from '@contract-first/core';
import { expect, test } from 'vitest';
import { contracts } from './contracts.ts';

type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every object of a document with the name that it stands under. */
function* objects(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const item of value) yield* objects(item);
  if (!isNode(value)) return;
  yield value;
  for (const member of Object.values(value)) yield* objects(member);
}

/** The features of schemas, by the names of their keywords, which nothing else in these documents has. */
function schemaFeatures(document: object): readonly string[] {
  return [...objects(document)].flatMap((node) => {
    const keywords = Object.keys(node).map((keyword) => `keyword ${keyword}`);
    return typeof node['format'] === 'string' ? [...keywords, `format ${node['format']}`] : keywords;
  });
}

function parameterFeatures({ in: place, serialization }: Parameter): readonly string[] {
  if ('mediaType' in serialization) return [`parameter ${place} content`];
  const { style, explode, allowReserved, shape } = serialization;
  const form = `parameter ${place} ${style} ${shape.kind} explode ${explode}`;
  return allowReserved ? [form, `parameter ${place} allowReserved`] : [form];
}

function operationFeatures({ method, path, parameters, requestBody, responses, security, owner, resource }: Operation) {
  const contents = [requestBody?.content ?? {}, ...Object.values(responses).map(({ content }) => content)];
  const mediaTypes = contents.flatMap((content) => Object.keys(content));
  const keys = Object.keys(responses);
  const headers = Object.values(responses).flatMap((response) => Object.values(response.headers));
  const found: readonly (readonly [feature: string, isUsed: boolean])[] = [
    ['security public operation', security.length === 0],
    ['security alternatives of security', security.length > 1],
    ['security schemes together', security.some((alternative) => Object.keys(alternative).length > 1)],
    ['security scopes', security.some((alternative) => Object.values(alternative).some((scopes) => scopes.length > 0))],
    ['response exact status', keys.some((key) => /^\d+$/.test(key))],
    ['response range', keys.some((key) => /XX$/.test(key))],
    ['response default', keys.includes('default')],
    ['response without content', Object.values(responses).some(({ content }) => Object.keys(content).length === 0)],
    ['response header', headers.length > 0],
    ['media type application/json', mediaTypes.includes('application/json')],
    ['media type +json', mediaTypes.some((mediaType) => mediaType.endsWith('+json'))],
    ['media type several', contents.some((content) => Object.keys(content).length > 1)],
    ['request body required', requestBody?.required === true],
    ['request body optional', requestBody?.required === false],
    ['extension x-owner', owner !== null],
    ['extension x-resource', resource !== null],
    ['path template', path.includes('{')],
  ];
  return [
    `method ${method}`,
    ...parameters.flatMap(parameterFeatures),
    ...headers.map(({ type }) => `response header ${type}`),
    ...found.filter(([, isUsed]) => isUsed).map(([feature]) => feature),
  ];
}

function contractFeatures({ operations, securitySchemes }: Contract<AnyOperations>): readonly string[] {
  const all = Object.values<Operation>(operations);
  const paths = all.map(({ path }) => path);
  const isBeside = (path: string): boolean => paths.some((other) => isTemplateOf(other, path));
  return [
    ...all.flatMap(operationFeatures),
    ...Object.values(securitySchemes).map(({ type }) => `security ${type}`),
    ...(paths.some(isBeside) ? ['path concrete beside template'] : []),
  ];
}

function isTemplateOf(template: string, path: string): boolean {
  const pattern = template
    .split(/\{\w+\}/)
    .map(RegExp.escape)
    .join('[^/{}]+');
  return template !== path && !path.includes('{') && new RegExp(`^${pattern}$`).test(path);
}

const compiled = await Promise.all(contracts.map(([name, text]) => compileDocument(text, name)));
const used = new Set(
  compiled.flatMap(({ contract, document }) => [...schemaFeatures(document), ...contractFeatures(contract)]),
);

test('each feature that generation accepts is used by one of the small contracts', () => {
  expect(features.filter((feature) => !used.has(feature))).toEqual([]);
});

test('a form of parameter that one of them uses is among the features', () => {
  const forms = [...used].filter((feature) => feature.startsWith('parameter '));
  expect(forms.filter((form) => !features.includes(form))).toEqual([]);
  expect(new Set(features).size).toBe(features.length);
});
