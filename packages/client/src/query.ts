import type { Parameter } from '@contract-first/core';

/**
 * Writes a query in the style `form` (OAS 3.1 §4.8.12.3). openapi-fetch would treat all lists of a request alike.
 *
 * @returns the query without `?`; `''` for none
 */
export function queryString(parameters: readonly Parameter[], query: Readonly<Record<string, unknown>>): string {
  return Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .flatMap(([name, value]) => {
      const items = (Array.isArray(value) ? value : [value]).map((item) => encodeURIComponent(String(item)));
      if (items.length === 0) return [];
      const parameter = parameters.find((each) => each.in === 'query' && each.name === name);
      const values = (parameter?.explode ?? true) ? items : [items.join(',')];
      return values.map((item) => `${encodeURIComponent(name)}=${item}`);
    })
    .join('&');
}
