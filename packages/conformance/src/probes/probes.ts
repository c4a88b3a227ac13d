import type { Operation } from '@contract-first/core';
import type { AnyContract } from '../check/operations.ts';
import type { OpenApiDocument } from '../schema/document.ts';
import { accessProbes, notFoundProbes } from './access-probes.ts';
import { bodyProbes } from './body-probes.ts';
import type { ProbeEnvironment } from './environment.ts';
import { negotiationProbes } from './negotiation-probes.ts';
import { parameterProbes } from './parameter-probes.ts';
import type { Probe } from './probe.ts';
import { routingProbes } from './routing-probes.ts';
import { subjectOf } from './subject.ts';

/**
 * Test cases for every operation, made from the contract alone: what it refuses has to be refused, with the status, the
 * code and the place that it says, and what it allows has to succeed. Every one differs from a good request in one thing.
 *
 * The errors that are expected are those of JSON:API error documents with core's codes. Operations without an exact
 * status of success are left out.
 *
 * @param operations those for which probes are made; all of the contract by default
 * @throws {Error} while iterating, if no good request can be made; it names the operation and what is missing
 */
export function* probes(
  contract: AnyContract,
  document: OpenApiDocument,
  environment: ProbeEnvironment,
  operations: readonly Operation[] = Object.values(contract.operations),
): Iterable<Probe> {
  for (const operation of operations) {
    const subject = subjectOf(contract, document, environment, operation);
    if (subject === null) continue;
    yield* accessProbes(subject);
    yield* notFoundProbes(subject);
    yield* routingProbes(subject);
    yield* negotiationProbes(subject);
    yield* parameterProbes(subject);
    yield* bodyProbes(subject);
  }
}
