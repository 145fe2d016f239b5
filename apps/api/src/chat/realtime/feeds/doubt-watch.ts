import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { NewsBus } from '../../../platform/bus/news-bus';
import { SocketIdentities } from '../connections/socket-identities';
import { ConversationFeeds } from './conversation-feeds';
import { InboxFeed } from './inbox-feed';

/** As often as a client that looks would poll. */
const EVERY_MS = 3_000;
/** For clocks and for commits under way. */
const MARGIN_SECONDS = 10;

/**
 * While news may be missed, asks the database in their place, as a polling client would: sockets
 * then get their messages within seconds, and revoked ones end as soon.
 */
@Injectable()
export class DoubtWatch implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(DoubtWatch.name);
  private timer: NodeJS.Timeout | null = null;
  private isAsking = false;
  /** A look that has not been taken yet, or that failed. */
  private isOwed = false;
  private lookedAt = performance.now();

  constructor(
    private readonly bus: NewsBus,
    private readonly feeds: ConversationFeeds,
    private readonly inbox: InboxFeed,
    private readonly identities: SocketIdentities,
  ) {}

  onApplicationBootstrap(): void {
    // Called at the loss and at the return of news: the latter asks once for what came in between.
    this.bus.onDoubt(() => void this.ask());
    this.timer = setInterval(() => {
      if (this.isOwed || !this.bus.isFresh) void this.ask();
    }, EVERY_MS).unref();
  }

  onModuleDestroy(): void {
    if (this.timer) clearInterval(this.timer);
  }

  /** One look at a time; what comes to be doubted meanwhile, or fails, is looked at again. */
  private async ask(): Promise<void> {
    this.isOwed = true;
    if (this.isAsking) return;
    this.isAsking = true;
    this.isOwed = false;
    const startedAt = performance.now();
    const seconds = (startedAt - this.lookedAt) / 1_000 + MARGIN_SECONDS;
    const looks = await Promise.allSettled([
      this.identities.recheckAll(),
      this.feeds.recheck(),
      this.inbox.recheck(seconds),
    ]);
    this.isAsking = false;
    const failed = looks.find((look) => look.status === 'rejected');
    if (!failed) {
      this.lookedAt = startedAt;
      return;
    }
    // The database is away too.
    this.isOwed = true;
    this.logger.warn(`Sockets cannot be brought up to date: ${String(failed.reason)}`);
  }
}
