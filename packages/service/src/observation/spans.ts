import type { ExchangeObserver } from './exchanges.ts';

export interface TracingOptions {
  /** Base URL of a collector that takes OTLP over HTTP; `/v1/traces` is appended. */
  readonly endpoint: string;
  readonly serviceName: string;
  readonly serviceVersion: string;
  /** Told of spans that could not be delivered; they are lost. */
  readonly onFailure: (error: Error) => void;
}

export interface Tracing {
  readonly exchanges: ExchangeObserver;
  /** Delivers what is left. Never rejects. */
  close(): Promise<void>;
}
