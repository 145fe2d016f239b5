import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { createServer, type Server } from 'node:http';
import { errorCode } from '../error-code';
import { StartupError } from '../startup-error';
import { Settings } from '../config/settings';
import { Metrics } from './metrics';

/** `/metrics` on a port of its own (`METRICS_PORT`), away from the public one. */
@Injectable()
export class MetricsServer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(MetricsServer.name);
  private server: Server | null = null;

  constructor(
    private readonly settings: Settings,
    private readonly metrics: Metrics,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { host, metricsPort } = this.settings;
    if (metricsPort === null) return;
    const server = createServer((request, response) => {
      if (request.url !== '/metrics') {
        response.writeHead(404).end();
        return;
      }
      this.metrics.registry.metrics().then(
        (text) => response.setHeader('Content-Type', this.metrics.registry.contentType).end(text),
        (error: unknown) => {
          this.logger.error(error);
          response.writeHead(500).end();
        },
      );
    });
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(metricsPort, host, resolve);
    }).catch((error: unknown) => {
      const reason = errorCode(error) ?? 'unknown';
      throw new StartupError(`Metrics cannot listen on ${host} port ${metricsPort} (${reason}).`);
    });
  }

  async onApplicationShutdown(): Promise<void> {
    const { server } = this;
    if (server) await new Promise((resolve) => server.close(resolve));
  }
}
