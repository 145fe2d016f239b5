import type { FastifyInstance, RouteOptions } from 'fastify';

/** Knows which methods each registered path has, for the `Allow` header of a 405. */
export class AllowedMethods {
  private readonly routes: { pattern: RegExp; methods: Set<string> }[] = [];

  /** Learns every route that is registered from now on. */
  watch(fastify: FastifyInstance): void {
    fastify.addHook('onRoute', (route) => {
      this.learn(route);
    });
  }

  /** The methods of a request path, without its query; empty where there is no such path. */
  of(url: string): string[] {
    const [path = ''] = url.split('?', 1);
    const methods = new Set<string>();
    for (const route of this.routes) {
      if (route.pattern.test(path)) for (const method of route.methods) methods.add(method);
    }
    return [...methods].sort();
  }

  private learn({ url, method }: Pick<RouteOptions, 'url' | 'method'>): void {
    // Static files answer any path below them; they are no part of the API.
    if (url.includes('*')) return;
    const source = url.replace(/\/$/, '').replace(/:\w+/g, '[^/]{1,100}');
    const methods = new Set(Array.isArray(method) ? method : [method]);
    this.routes.push({ pattern: new RegExp(`^${source}/?$`), methods });
  }
}
