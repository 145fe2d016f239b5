import { createServer, type Server } from 'node:http';
import { errorCode } from '../error-code';
import { StartupError } from '../startup-error';

/** Answers `/metrics` on a port of its own, and 503 when they cannot be read. */
export class MetricsListener {
  private readonly server: Server;

  constructor(
    private readonly place: { host: string; port: number },
    read: () => Promise<string>,
    contentType: string,
  ) {
    this.server = createServer((request, response) => {
      if (request.url !== '/metrics') {
        response.writeHead(404).end();
        return;
      }
      read().then(
        (text) => response.setHeader('Content-Type', contentType).end(text),
        (error: unknown) => response.writeHead(503).end(`# ${String(error)}\n`),
      );
    });
  }

  /** @throws StartupError when it cannot listen there */
  async start(): Promise<void> {
    const { host, port } = this.place;
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject).listen(port, host, resolve);
    }).catch((error: unknown) => {
      const reason = errorCode(error) ?? 'unknown';
      throw new StartupError(`Metrics cannot listen on ${host} port ${port} (${reason}).`);
    });
  }

  async stop(): Promise<void> {
    if (!this.server.listening) return;
    const closed = new Promise((resolve) => this.server.close(resolve));
    // Whoever reads them comes again; a stop does not wait for a half-sent request.
    this.server.closeAllConnections();
    await closed;
  }
}
