/**
 * The test kit of a contract. It is generic: it takes the compiled contract and the OpenAPI document as values.
 *
 * **Conformance.** {@link createRecorder} makes a recorder and {@link recordExchanges} lets it see every exchange of a
 * Fastify instance. Each exchange is compared with the contract ({@link checkExchange}): status, media type, headers,
 * body, no member that the contract does not name, and nothing accepted that the contract refuses. Each also covers
 * cells of the contract ({@link enumerateCells}): every status in every media type, parameter, header, member,
 * enumerated value, null, branch and security alternative. Workers `flush` what they found to a directory; the command
 * `conformance report` merges it and fails on faults, on cells that no test covered, and on wrong entries in the list of
 * cells that cannot be covered.
 *
 * **Probes.** {@link probes} makes test cases for every operation, so that nobody has to write them, and
 * {@link checkProbe} judges the replies.
 *
 *     const recorder = createRecorder(contract, document);
 *     const app = createServer({ …, authenticators: recorder.watch(authenticators) });
 *     recordExchanges(app, recorder);   // before ready() or listen()
 *     …
 *     await recorder.flush('.reports/conformance');
 */
export { serverStatuses } from '@contract-first/core';
export type { CheckOptions } from './check/check.ts';
export { checkExchange } from './check/check.ts';
export type { AnyContract } from './check/operations.ts';
export type { CommandIo } from './command.ts';
export { runCommand } from './command.ts';
export type { Cell, Locate } from './coverage/cells.ts';
export { enumerateCells } from './coverage/cells.ts';
export { coveredCells } from './coverage/coverage.ts';
export type { Report } from './coverage/report.ts';
export { createReport, isGreen, renderReport } from './coverage/report.ts';
export type { Results } from './coverage/results.ts';
export { merge } from './coverage/results.ts';
export type { Unreachable } from './coverage/unreachable.ts';
export { readUnreachable } from './coverage/unreachable.ts';
export type { Exchange } from './exchange/exchange.ts';
export { exchangeOfBytes } from './exchange/exchange.ts';
export type { Acceptances, RawExchange, Recorder, RecorderOptions } from './exchange/recorder.ts';
export { createRecorder } from './exchange/recorder.ts';
export { recordExchanges } from './exchange/recording.ts';
export type { ProbeError, ReadErrors } from './probes/check-probe.ts';
export { checkProbe } from './probes/check-probe.ts';
export type { GoodRequest, ProbeEnvironment, ProbeTokens } from './probes/environment.ts';
export type { Expectation, Probe, ProbeRequest, ProbeResponse } from './probes/probe.ts';
export { probes } from './probes/probes.ts';
export { samplesOf } from './probes/samples.ts';
export { sendProbe } from './probes/send-probe.ts';
export {
  contentNode,
  find,
  type Node,
  type OpenApiDocument,
  operationNode,
  parameterNode,
} from './schema/document.ts';
