import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { SOCKET_LIMITS, type PresenceFrame } from '@support-chat/contracts';
import { randomUUID } from 'node:crypto';
import { Sightings } from '../../../auth';
import { NewsBus } from '../../../platform/bus/news-bus';
import { Topic } from '../../../platform/bus/topic';
import { SocketRegistry } from '../connections/socket-registry';
import type { ConversationFeed } from '../feeds/conversation-feed';
import { ConversationFeeds } from '../feeds/conversation-feeds';
import { OnlinePeople, REMOTE_MS, type OnlinePerson, type PresenceChange } from './online-people';

interface PresenceNews {
  instance: string;
  /** How long these people are there unless it is said again, in milliseconds. */
  for_ms: number;
  /** User ids. */
  users: number[];
  admins: number[];
}

const PRESENCE_NEWS = new Topic<PresenceNews>('presence');
/** Asks all instances to say who is there. */
const ROLL_CALL = new Topic<{ instance: string }>('presence-roll-call');

const TICK_MS = 1_000;
const REPEAT_MS = REMOTE_MS / 3;
/** Until then all others have said again who is there; with the 2 s of noticing it, 5 s in all. */
const SAY_AGAIN_MS = 3_000;
/** People in one fact, so that it fits any bus. */
const CHUNK = 200;

/** Tells those who follow a conversation whether its student, and whether any staff, is online. */
@Injectable()
export class Presence implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly instance = randomUUID();
  private readonly startedAt = Date.now();
  private readonly people = new OnlinePeople();
  private tick: NodeJS.Timeout | null = null;
  private repeat: NodeJS.Timeout | null = null;
  private isStopping = false;
  private wasFresh = false;

  constructor(
    private readonly bus: NewsBus,
    private readonly feeds: ConversationFeeds,
    registry: SocketRegistry,
    sightings: Sightings,
  ) {
    registry.watchUsers((caller, isConnected) => {
      this.tell(this.people.connected(caller, isConnected, Date.now()));
    });
    sightings.watch((caller) => {
      this.tell(this.people.polled(caller, Date.now()));
    });
    feeds.watch((feed, socket) => {
      socket.send(this.frameFor(feed));
    });
    bus.on(PRESENCE_NEWS, (news) => {
      this.hear(news);
    });
    bus.on(ROLL_CALL, ({ instance }) => {
      if (instance !== this.instance && !this.isStopping) this.announce(REMOTE_MS);
    });
    bus.onInstanceGone(() => {
      this.callRoll();
    });
    bus.onDoubt(() => {
      if (bus.isFresh && !this.wasFresh) this.callRoll();
      this.wasFresh = bus.isFresh;
    });
  }

  /**
   * Whether somebody is online at any instance. Right after its start a process cannot know: those
   * who are here have not called yet, so everybody may be.
   */
  mayBeOnline(userId: number): boolean {
    const isKnown = Date.now() - this.startedAt > SOCKET_LIMITS.onlineAfterPollMs;
    return !isKnown || this.people.isOnline(userId);
  }

  onApplicationBootstrap(): void {
    this.tick = setInterval(() => {
      for (const change of this.people.expire(Date.now())) this.tell(change);
    }, TICK_MS).unref();
    this.repeat = setInterval(() => {
      this.announce(REMOTE_MS);
    }, REPEAT_MS).unref();
  }

  /** The sockets end with this instance: their people are online until they are elsewhere, or gone. */
  onModuleDestroy(): void {
    if (this.tick) clearInterval(this.tick);
    if (this.repeat) clearInterval(this.repeat);
    this.isStopping = true;
    this.announce(SOCKET_LIMITS.onlineAfterSocketMs);
  }

  private frameFor({ conversationId, ownerId }: ConversationFeed): PresenceFrame {
    return {
      type: 'presence',
      conversation_id: conversationId,
      user_online: this.people.isOnline(ownerId),
      staff_online: this.people.isStaffOnline,
    };
  }

  private tell(change: PresenceChange | null): void {
    if (!change) return;
    const { person, isHere, isOnline, isStaffOnline } = change;
    if (isHere !== undefined && !this.isStopping) {
      this.tellInstances([person], isHere ? REMOTE_MS : 0);
    }
    if (isStaffOnline !== undefined) this.tellClients(this.feeds.all());
    else if (isOnline !== undefined) this.tellClients(this.feeds.ofOwner(person.id));
  }

  private tellClients(feeds: Iterable<ConversationFeed>): void {
    for (const feed of feeds) feed.send(this.frameFor(feed));
  }

  private hear({ instance, for_ms: forMs, users, admins }: PresenceNews): void {
    if (instance === this.instance) return;
    const now = Date.now();
    const until = now + forMs;
    for (const id of users)
      this.tell(this.people.heard({ id, role: 'user' }, instance, until, now));
    for (const id of admins) {
      this.tell(this.people.heard({ id, role: 'admin' }, instance, until, now));
    }
  }

  /** Somebody has gone, and whose people are gone with them is not known; or may have, unheard. */
  private callRoll(): void {
    if (this.isStopping) return;
    this.people.limitElsewhere(Date.now() + SAY_AGAIN_MS);
    this.bus.tell(ROLL_CALL, { instance: this.instance });
    this.announce(REMOTE_MS);
  }

  private announce(forMs: number): void {
    this.tellInstances([...this.people.here()], forMs);
  }

  private tellInstances(people: readonly OnlinePerson[], forMs: number): void {
    for (let start = 0; start < people.length; start += CHUNK) {
      const chunk = people.slice(start, start + CHUNK);
      const idsOf = (role: OnlinePerson['role']): number[] =>
        chunk.filter((person) => person.role === role).map(({ id }) => id);
      this.bus.tell(PRESENCE_NEWS, {
        instance: this.instance,
        for_ms: forMs,
        users: idsOf('user'),
        admins: idsOf('admin'),
      });
    }
  }
}
