import { EventEmitter } from 'node:events';
import type { Freshness } from '../cache/read-through-cache';
import type { Topic } from './topic';

/**
 * Small facts about what was committed, by this process or any other. It may lose news at any time;
 * then `isFresh` is false and everyone who remembers something is told to forget it, so a lost fact
 * costs a read, never a wrong answer.
 */
export abstract class NewsBus implements Freshness {
  private readonly handlers = new EventEmitter().setMaxListeners(0);
  private readonly doubtHandlers: (() => void)[] = [];
  private fresh = false;

  get isFresh(): boolean {
    return this.fresh;
  }

  onDoubt(forgetAll: () => void): void {
    this.doubtHandlers.push(forgetAll);
  }

  /** Calls `handler` for each fact of this topic; returns a function that stops it. */
  on<T>(topic: Topic<T>, handler: (news: T) => void): () => void {
    this.handlers.on(topic.name, handler);
    return () => this.handlers.off(topic.name, handler);
  }

  /**
   * Tells what was just committed: this process hears it before `tell` returns, so that whoever
   * wrote reads what was written; all others hear it soon. Handlers must bear hearing a fact twice.
   */
  tell<T>(topic: Topic<T>, news: T): void {
    this.deliver(topic.name, news);
    this.publish(topic.name, news);
  }

  /** Hears for all processes; resolves once news can no longer be missed. */
  abstract start(): Promise<void>;
  abstract stop(): Promise<void>;

  protected abstract publish(topicName: string, news: unknown): void;

  protected deliver(topicName: string, news: unknown): void {
    this.handlers.emit(topicName, news);
  }

  protected setFresh(fresh: boolean): void {
    this.fresh = fresh;
    for (const forgetAll of this.doubtHandlers) forgetAll();
  }
}
