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
const INBOX_SECONDS = 10;

/**
 * While news may be missed, asks the database in their place, as a polling client would: sockets
 * then get their messages within seconds, and revoked ones end as soon.
 */
@Injectable()
export class DoubtWatch implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(DoubtWatch.name);
  private timer: NodeJS.Timeout | null = null;
  private isAsking = false;
  private isAskedAgain = false;

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
      if (!this.bus.isFresh) void this.ask();
    }, EVERY_MS).unref();
  }

  onModuleDestroy(): void {
    if (this.timer) clearInterval(this.timer);
  }

  /** One question at a time; what comes to be doubted meanwhile is asked about next. */
  private async ask(): Promise<void> {
    this.isAskedAgain = this.isAsking;
    if (this.isAsking) return;
    this.isAsking = true;
    try {
      await this.feeds.recheck();
      await this.inbox.recheck(INBOX_SECONDS);
      await this.identities.recheckAll();
    } catch (error) {
      // The database is away too: the next look tells.
      this.logger.warn(`Sockets cannot be brought up to date: ${String(error)}`);
    } finally {
      this.isAsking = false;
    }
    if (this.isAskedAgain) await this.ask();
  }
}
