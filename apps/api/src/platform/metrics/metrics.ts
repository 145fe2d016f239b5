import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import cluster from 'node:cluster';
import {
  AggregatorRegistry,
  Counter,
  Gauge,
  Histogram,
  Registry,
  collectDefaultMetrics,
} from 'prom-client';
import { NewsBus } from '../bus/news-bus';
import { describeAnswer, type AnsweredRequest } from '../http/answered-request';

const PREFIX = 'support_chat_';

/** What operators watch, in Prometheus' text format. Names carry the prefix `support_chat_`. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  readonly messagesSent = new Counter({
    name: `${PREFIX}messages_sent_total`,
    help: 'Messages stored, by the side that wrote them',
    labelNames: ['side'],
    registers: [this.registry],
  });

  readonly pollsFromMemory = new Counter({
    name: `${PREFIX}polls_from_memory_total`,
    help: 'Polls answered without the database because nothing had changed',
    registers: [this.registry],
  });

  readonly openSockets = new Gauge({
    name: `${PREFIX}open_sockets`,
    help: 'WebSockets that are open',
    registers: [this.registry],
  });

  readonly closedSockets = new Counter({
    name: `${PREFIX}closed_sockets_total`,
    help: 'WebSockets that ended, by close code (1006: without a goodbye)',
    labelNames: ['code'],
    registers: [this.registry],
  });

  private readonly requests = new Histogram({
    name: `${PREFIX}http_request_duration_seconds`,
    help: 'Time to answer a request',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [this.registry],
  });

  /** The histogram's parts by labels, which it would look up anew for each request. */
  private readonly timers = new Map<string, Histogram.Internal<string>>();

  constructor(bus: NewsBus) {
    if (cluster.isWorker) answerPrimary(this.registry);
    collectDefaultMetrics({ register: this.registry, prefix: PREFIX });
    new Gauge({
      name: `${PREFIX}news_fresh`,
      help: '1 while changes by other processes are heard at once, 0 while every poll reads',
      aggregator: 'min',
      registers: [this.registry],
      collect() {
        this.set(bus.isFresh ? 1 : 0);
      },
    });
  }

  /** Times every request by its route pattern, never by its address: ids would be endless labels. */
  watch(fastify: FastifyInstance): void {
    fastify.addHook('onResponse', (request, reply, done) => {
      this.note(describeAnswer(request, reply));
      done();
    });
  }

  note({ method, route = 'unknown', status, ms }: AnsweredRequest): void {
    const key = `${method} ${status} ${route}`;
    let timer = this.timers.get(key);
    if (!timer) {
      timer = this.requests.labels(method, route, String(status));
      this.timers.set(key, timer);
    }
    timer.observe(ms / 1000);
  }
}

/** The primary asks its workers for their numbers and adds them up (`WorkerMetrics`). */
function answerPrimary(registry: Registry) {
  AggregatorRegistry.setRegistries([registry]);
  return new AggregatorRegistry();
}
