import { Logger } from '@nestjs/common';
import type { Freshness } from '../cache/read-through-cache';
import { readEnvelope, type ToldEnvelope } from './envelope';
import { HearingWaits } from './hearing-waits';
import { LateDoubt } from './late-doubt';
import type { NewsTransport } from './news-transport';
import { RollCall } from './roll-call';
import { Topic } from './topic';
import { TopicHandlers } from './topic-handlers';
import { UntoldNews } from './untold-news';

/** Each process is heard at least this often. */
const BEAT_MS = 1_000;
const FLUSH_MS = 2_000;
const TOLD_MS = 500;

/** An instance is there, and this is what it has heard of the others. */
const BEAT = new Topic<Record<string, number>>('beat');
const DOUBT = new Topic<null>('doubt');
const GOODBYE = new Topic<null>('goodbye');

/**
 * Small facts about what was committed, by this process or any other. While `isFresh`, every
 * process that may write is heard; otherwise, and whenever something may have been missed, all who
 * remember something are told to forget it. So a lost fact costs a read, never a wrong answer.
 */
export class NewsBus implements Freshness {
  private readonly logger = new Logger(NewsBus.name);
  private readonly handlers = new TopicHandlers();
  private readonly doubtHandlers: (() => void)[] = [];
  private readonly goneHandlers: (() => void)[] = [];
  private readonly roll: RollCall;
  private readonly waits = new HearingWaits();
  private readonly untold: UntoldNews;
  private readonly down: Set<NewsTransport>;
  private beats: NodeJS.Timeout | null = null;
  private readonly lateDoubt: LateDoubt;
  private isStopping = false;
  private fresh = false;
  private isMalformedLogged = false;

  /**
   * @param instance this process among all on the database, as its connections name it
   * @param transports all are listened to; what is told goes by the first
   * @param isCommitting whether a write of this process that was cut off may still be committed
   */
  constructor(
    private readonly instance: string,
    private readonly transports: readonly [NewsTransport, ...NewsTransport[]],
    isCommitting: () => Promise<boolean> = () => Promise.resolve(false),
  ) {
    this.lateDoubt = new LateDoubt(isCommitting, () => {
      this.spreadDoubt();
    });
    this.roll = new RollCall(instance);
    this.down = new Set(transports);
    this.untold = new UntoldNews(
      instance,
      async (payloads) => transports[0].publish(payloads),
      () => {
        this.untold.add(BEAT.name, this.roll.heard());
      },
    );
  }

  get isFresh(): boolean {
    return this.fresh;
  }

  onDoubt(forgetAll: () => void): void {
    this.doubtHandlers.push(forgetAll);
  }

  /** Calls `handler` when another process has gone without a goodbye. */
  onInstanceGone(handler: () => void): void {
    this.goneHandlers.push(handler);
  }

  /** Calls `handler` for each fact of this topic; returns a function that stops it. */
  on<T>(topic: Topic<T>, handler: (news: T) => void): () => void {
    return this.handlers.add(topic, handler);
  }

  /**
   * Tells what was just committed: this process hears it before `tell` returns, so that whoever
   * wrote reads what was written; all others hear it soon. Handlers must bear hearing a fact twice.
   */
  tell<T>(topic: Topic<T>, news: T): void {
    this.handlers.deliver(topic.name, news);
    this.publish(topic, news);
  }

  /**
   * Resolves when all others have heard what was told before, so that whoever is answered now finds
   * it on every instance; at once when there are no others. It waits for nobody longer than 0.5 s.
   */
  async told(): Promise<void> {
    const { number } = this.untold;
    if (!this.canPublish || this.heardByAll >= number) return;
    await this.waits.until(number, TOLD_MS);
  }

  /** Something may have been committed that nobody can tell: all processes forget everything. */
  tellDoubt(): void {
    this.spreadDoubt();
    // What was cut off may still be running, and be committed after all.
    this.lateDoubt.begin();
  }

  /** Resolves after the first try of every transport; it becomes fresh by itself. */
  async start(): Promise<void> {
    this.beats = setInterval(() => {
      this.beat();
      this.settle();
    }, BEAT_MS).unref();
    await Promise.all(this.transports.map(async (transport) => this.connect(transport)));
  }

  /** Publishes what is left, says goodbye and stops. To be called after the last write. */
  async stop(): Promise<void> {
    if (this.beats) clearInterval(this.beats);
    this.isStopping = true;
    // Without a goodbye the others doubt when this process and all its statements have ended.
    if (!this.lateDoubt.stop()) this.publish(GOODBYE, null);
    if (this.canPublish) await within(FLUSH_MS, this.send());
    this.setFresh(false);
    for (const transport of this.transports) {
      this.down.add(transport);
      await transport.stop();
    }
  }

  private async connect(transport: NewsTransport): Promise<void> {
    await transport.start({
      up: () => {
        this.down.delete(transport);
        this.beat();
        this.settle();
      },
      down: () => {
        this.down.add(transport);
        this.roll.forget();
        this.settle();
      },
      heard: (payload) => {
        this.hear(payload);
      },
      present: (instances) => {
        if (this.roll.call(instances)) {
          this.doubt();
          for (const handle of this.goneHandlers) handle();
        }
        this.settle();
      },
    });
  }

  private hear(payload: string): void {
    const envelope = readEnvelope(payload);
    if (envelope === null) this.doubtMalformed();
    else if (!('from' in envelope)) this.handlers.deliver(envelope.topic, envelope.news);
    else if (envelope.from === this.instance) this.roll.hear(envelope, performance.now());
    else this.hearOther(envelope);
    this.waits.heardByAll(this.heardByAll);
    if (!this.fresh) this.settle();
  }

  private hearOther(envelope: ToldEnvelope): void {
    const isKnown = this.roll.knows(envelope.from);
    const hearing = this.roll.hear(envelope, performance.now());
    if (hearing === 'again') return;
    if (hearing === 'gap') this.doubt();
    if (envelope.topic === BEAT.name) this.roll.noteHeard(envelope.from, envelope.news);
    // So that whoever has just come hears this process at once, and whoever told knows it was heard.
    if (!isKnown || envelope.topic !== BEAT.name) this.beat();
    if (envelope.topic === DOUBT.name) this.doubt();
    else if (envelope.topic === GOODBYE.name) this.roll.goodbye(envelope.from);
    else this.handlers.deliver(envelope.topic, envelope.news);
  }

  private get heardByAll(): number {
    return this.roll.heardByAll(performance.now());
  }

  private get canPublish(): boolean {
    return !this.down.has(this.transports[0]);
  }

  /** Beats are not kept: those of the past say nothing. */
  private beat(): void {
    // After the goodbye nothing more is said.
    if (!this.canPublish || this.isStopping) return;
    this.untold.endNext();
    void this.send();
  }

  /** Not to nobody: whoever comes trusts no memory until a beat of ours has named them. */
  private publish<T>(topic: Topic<T>, news: T): void {
    if (this.roll.isAlone) return;
    this.untold.add(topic.name, news);
    if (this.canPublish) void this.send();
  }

  private async send(): Promise<void> {
    try {
      await this.untold.send();
    } catch (error) {
      // Kept, and sent with the next beat or when the transport is up again; it says why it is not.
      this.logger.debug(`Not published yet: ${String(error)}`);
    }
  }

  private spreadDoubt(): void {
    this.doubt();
    this.publish(DOUBT, null);
  }

  private doubtMalformed(): void {
    if (!this.isMalformedLogged) this.logger.error('Heard something that is no news.');
    this.isMalformedLogged = true;
    this.doubt();
  }

  private settle(): void {
    const silent = this.roll.silent(performance.now());
    const isFresh = this.down.size === 0 && silent?.length === 0;
    if (isFresh === this.fresh) return;
    if (!isFresh && silent && silent.length > 0) {
      this.logger.warn(`Not heard: ${silent.join(', ')}. Polls read the database until then.`);
    }
    this.setFresh(isFresh);
  }

  private setFresh(fresh: boolean): void {
    this.fresh = fresh;
    this.doubt();
  }

  private doubt(): void {
    for (const forgetAll of this.doubtHandlers) forgetAll();
  }
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([work, late]);
  clearTimeout(timer);
}
