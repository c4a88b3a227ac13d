import type { ServiceProcess } from './service-process.ts';

/** The numbers that a process tells Prometheus at one moment. */
export interface MetricsPage {
  /** @returns the sum over all labels; null if there is no such metric */
  value(name: string): number | null;
  /** @returns the value of each label */
  labelled(name: string, label: string): readonly (readonly [value: string, count: number])[];
}

/** Asks the service for its metrics. */
export async function readMetrics({ adminUrl }: Pick<ServiceProcess, 'adminUrl'>): Promise<MetricsPage> {
  const response = await fetch(`${adminUrl}/metrics`);
  const text = await response.text();
  if (!response.ok) throw new Error(`/metrics answers ${response.status}: ${text}`);
  return parseMetrics(text);
}

/** @param text by the text format of Prometheus, version 0.0.4 */
export function parseMetrics(text: string): MetricsPage {
  const samples = text.split('\n').flatMap((line) => {
    const [, name, labels = '', number] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/.exec(line) ?? [];
    return name === undefined ? [] : [{ name, labels, value: Number(number) }];
  });
  const named = (name: string) => samples.filter((sample) => sample.name === name);
  return {
    value(name) {
      const found = named(name);
      return found.length === 0 ? null : found.reduce((sum, { value }) => sum + value, 0);
    },
    labelled: (name, label) =>
      named(name).map(({ labels, value }) => [new RegExp(`\\b${label}="([^"]*)"`).exec(labels)?.[1] ?? '', value]),
  };
}
