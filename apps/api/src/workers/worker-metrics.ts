import { AggregatorRegistry } from 'prom-client';
import { MetricsListener } from '../platform/metrics/metrics-listener';

/** What all workers count, added up, on the port of `METRICS_PORT`. */
export class WorkerMetrics extends MetricsListener {
  constructor(host: string, port: number) {
    const registry = new AggregatorRegistry();
    super({ host, port }, async () => registry.clusterMetrics(), registry.contentType);
  }
}
