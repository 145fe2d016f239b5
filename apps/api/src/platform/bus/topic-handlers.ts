import { Logger } from '@nestjs/common';
import type { Topic } from './topic';

type Handler = (news: unknown) => void;

/** Who wants to hear what. A handler that fails is logged and keeps nobody else from hearing. */
export class TopicHandlers {
  private readonly logger = new Logger('News');
  private readonly byTopic = new Map<string, Set<Handler>>();

  /** @returns a function that stops it */
  add<T>(topic: Topic<T>, handler: (news: T) => void): () => void {
    const handlers = this.byTopic.get(topic.name) ?? new Set();
    this.byTopic.set(topic.name, handlers);
    // Facts of a topic have the shape that the topic's type gives them.
    const mine: Handler = (news) => {
      handler(news as T);
    };
    handlers.add(mine);
    return () => handlers.delete(mine);
  }

  /** A topic that nobody listens to, perhaps of a later version, is ignored. */
  deliver(topicName: string, news: unknown): void {
    for (const handler of this.byTopic.get(topicName) ?? []) {
      try {
        handler(news);
      } catch (error) {
        this.logger.error(error);
      }
    }
  }
}
