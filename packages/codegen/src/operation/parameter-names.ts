import { namesOf, sharedName } from '@contract-first/core';
import type { DocumentReader } from '../document/reader.ts';
import type { Place } from '../document/source.ts';
import type { ParameterPlan } from '../plan.ts';

/** A field name or a cookie name (RFC 9110 §5.6.2, RFC 6265 §4.1.1). */
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Headers that describe the body or the client (OAS 3.1 §4.8.12.2): parameters of these names are ignored. */
const reservedHeaders = ['accept', 'content-type', 'authorization'];

/** Refuses names that cannot be sent where the parameter stands. */
export function refuseName(
  reader: DocumentReader,
  { name, in: location, serialization }: ParameterPlan,
  place: Place,
): void {
  if (location === 'header') {
    const lower = name.toLowerCase();
    if (reservedHeaders.includes(lower))
      reader.refuse(place, `OpenAPI ignores a header parameter ${name}; describe it with content or security`);
    else if (lower === 'cookie')
      reader.refuse(place, 'Cookie has parameters of its own; use in: cookie with their names');
    else if (!token.test(name))
      reader.refuse(place, `the header parameter ${name} is not a field name (RFC 9110 §5.1); rename it`);
  }
  if (location !== 'cookie') return;
  const { exact, open } = namesOf({ name, serialization });
  const wrong = [...exact].find((each) => !token.test(each));
  if (wrong !== undefined) reader.refuse(place, `${wrong} is not a cookie name (RFC 6265 §4.1.1); rename it`);
  if (open)
    reader.refuse(place, `any cookie could be a member of ${name}; use explode: false or additionalProperties: false`);
}

/** A parameter and where it is declared. */
export interface PlacedParameter {
  readonly plan: ParameterPlan;
  readonly place: Place;
}

/** Refuses parameters of one place whose names, or those of their members, could not be told apart in a request. */
export function refuseSharedNames(reader: DocumentReader, parameters: readonly PlacedParameter[]): void {
  for (const [index, { plan, place }] of parameters.entries()) {
    if (plan.in !== 'query' && plan.in !== 'cookie') continue;
    for (const other of parameters.slice(0, index).filter((each) => each.plan.in === plan.in)) {
      const shared = sharedName(namesOf(plan), namesOf(other.plan));
      if (shared === null) continue;
      const what = shared === '…' ? 'any other name' : `the name ${shared}`;
      reader.refuse(
        place,
        `${what} could belong to ${other.plan.name} and to ${plan.name}; rename one, use deepObject or explode: false, or close one with additionalProperties: false`,
      );
    }
  }
}
