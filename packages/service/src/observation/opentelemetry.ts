import {
  type Attributes,
  defaultTextMapGetter,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  type Tracer,
} from '@opentelemetry/api';
import { ExportResultCode, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';
import type { ExchangeObserver, ObservedExchange } from './exchanges.ts';
import type { Tracing, TracingOptions } from './spans.ts';

/** Milliseconds for one delivery; stopping the service must not wait for a collector that is away. */
const TIMEOUT = 2_000;

/** Sends a span for every request to a collector, by OTLP over HTTP. */
export function createTracing({ endpoint, serviceName, serviceVersion, onFailure }: TracingOptions): Tracing {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces`, timeoutMillis: TIMEOUT });
  const provider = new TracerProvider({
    resource: defaultResource().merge(
      resourceFromAttributes({ 'service.name': serviceName, 'service.version': serviceVersion }),
    ),
    spanProcessors: [
      new BatchSpanProcessor({ exporter: reporting(exporter, onFailure), exportTimeoutMillis: TIMEOUT }),
    ],
  });
  return {
    exchanges: createExchangeSpans(provider.getTracer('@contract-first/service')),
    close: () => provider.shutdown().catch((error: unknown) => onFailure(asError(error))),
  };
}

/** The library tells nobody of a failed delivery but a logger of its own that is global. */
function reporting(exporter: SpanExporter, onFailure: (error: Error) => void): SpanExporter {
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        if (result.code !== ExportResultCode.SUCCESS)
          onFailure(result.error ?? new Error('the collector took no spans'));
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('the spans could not be delivered', { cause: error });
}

/** One span for each request, below the caller's (W3C Trace Context §3). */
function createExchangeSpans(tracer: Tracer): ExchangeObserver {
  const propagator = new W3CTraceContextPropagator();
  return {
    onEnd(exchange) {
      const { operation, requestHeaders, startedAt, seconds, status } = exchange;
      const parent = propagator.extract(ROOT_CONTEXT, requestHeaders, defaultTextMapGetter);
      const span = tracer.startSpan(
        operation?.operationId ?? 'unmatched',
        { kind: SpanKind.SERVER, startTime: startedAt, attributes: attributesOf(exchange) },
        parent,
      );
      if (status !== null && status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end(startedAt + seconds * 1000);
    },
  };
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH', 'QUERY']);

/**
 * By the semantic conventions for HTTP, as far as nothing of a person gets in (rule A25): the route and not the path, and
 * neither address nor user agent. A method that is not known may be anything.
 */
function attributesOf({ operation, method, status }: ObservedExchange): Attributes {
  return {
    'http.request.method': METHODS.has(method) ? method : '_OTHER',
    ...(operation !== null && { 'http.route': operation.path }),
    ...(status !== null && { 'http.response.status_code': status }),
    ...(status !== null && status >= 500 && { 'error.type': String(status) }),
  };
}
