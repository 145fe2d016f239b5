import { DOCUMENT, Service, inject, signal } from '@angular/core';
import {
  type ClientFrame,
  SOCKET_CLOSES,
  SOCKET_PATH,
  type ServerFrame,
} from '@support-chat/contracts';
import {
  EMPTY,
  NEVER,
  Observable,
  Subject,
  catchError,
  defer,
  filter,
  finalize,
  race,
  repeat,
  share,
  switchMap,
  take,
  takeWhile,
  tap,
  timer,
} from 'rxjs';
import { Attention } from '../attention';
import { CHAT_ACCESS, type SocketToken } from './chat-access';
import { pauseAfter } from './reconnect-pause';
import { SocketSession } from './socket-session';

/** What the server says, and whether it can be heard at all. */
export type SocketEvent = ServerFrame | { type: 'up' } | { type: 'lost' };

/** Between two conversations the connection is kept. */
const LINGER_MS = 1_000;
const REFUSED_AGAIN_MS = 30_000;
/** A whole school's network comes back at one moment. */
const WAKE_SPREAD_MS = 1_000;

/**
 * The page's one socket: open while somebody needs it, opened again whenever it is lost. It brings
 * news and never writes; whoever listens must be able to do without it.
 */
@Service()
export class ChatSocket {
  private readonly access = inject(CHAT_ACCESS);
  private readonly attention = inject(Attention);
  private readonly url = socketUrl(inject(DOCUMENT).baseURI);
  private readonly up = signal(false);
  private readonly events = new Subject<SocketEvent>();
  private session: SocketSession | null = null;
  /** Of the last connection, and how many attempts in a row did not get through. */
  private closeCode = 0;
  private failures = 0;

  /** Identified, so that what is sent is heard. */
  readonly isUp = this.up.asReadonly();
  /** All that happens on the socket, which listening to this alone does not open. */
  readonly events$ = this.events.asObservable();

  private readonly link$ = defer(() => this.sessions()).pipe(
    share({ resetOnRefCountZero: () => timer(LINGER_MS) }),
  );

  /** The inbox is one subscription, however many listen. */
  private readonly inbox$ = this.hold(() => ({ type: 'subscribe_inbox' })).pipe(share());

  /**
   * One conversation's news from its revision `after` on, for as long as it is listened to. What
   * the server could not serve is asked for again later.
   */
  conversation(id: number, after: () => number): Observable<SocketEvent> {
    return this.hold(() => ({ type: 'subscribe', conversation_id: id, after: after() }), {
      type: 'unsubscribe',
      conversation_id: id,
    }).pipe(
      filter((event) => isAbout(event, id)),
      takeWhile(({ type }) => type !== 'error', true),
      repeat({ delay: REFUSED_AGAIN_MS }),
    );
  }

  /** For admins: whatever changes in any conversation. */
  inbox(): Observable<SocketEvent> {
    return this.inbox$;
  }

  /** Lost without harm while the socket is not up. */
  typing(conversationId: number): void {
    this.send({ type: 'typing', conversation_id: conversationId });
  }

  private hold(enter: () => ClientFrame, leave?: ClientFrame): Observable<SocketEvent> {
    return new Observable((subscriber) => {
      const listening = this.events.subscribe((event) => {
        if (event.type === 'up') this.send(enter());
        subscriber.next(event);
      });
      listening.add(this.link$.subscribe());
      if (this.up()) this.send(enter());
      return () => {
        listening.unsubscribe();
        if (leave) this.send(leave);
      };
    });
  }

  private send(frame: ClientFrame): void {
    if (this.up()) this.session?.send(frame);
  }

  private sessions(): Observable<unknown> {
    return defer(() => this.access.current()).pipe(
      switchMap((token) => this.run(token)),
      catchError(() => {
        this.ended();
        return EMPTY;
      }),
      finalize(() => {
        this.drop(); // The last listener left.
      }),
      repeat({ delay: () => this.pause() }),
    );
  }

  private run(token: SocketToken): Observable<ServerFrame> {
    const session = new SocketSession(this.url, token, this.access, this.attention.wake$);
    this.session = session;
    return session.frames$.pipe(
      tap((frame) => {
        if (frame.type === 'ready' && !this.up()) this.becomeUp();
        if (frame.type !== 'heartbeat') this.events.next(frame);
      }),
    );
  }

  private becomeUp(): void {
    this.failures = 0;
    this.up.set(true);
    this.events.next({ type: 'up' });
  }

  /** It ended without being asked to, or could not even begin. */
  private ended(): void {
    this.closeCode = this.session?.closeCode ?? 0;
    this.failures = this.up() ? 0 : this.failures + 1;
    if (this.closeCode === SOCKET_CLOSES.identityLost) this.session?.refuseToken();
    this.drop();
  }

  private drop(): void {
    const wasUp = this.up();
    this.session = null;
    this.up.set(false);
    if (wasUp) this.events.next({ type: 'lost' });
  }

  private pause(): Observable<unknown> {
    const { milliseconds, isFirm } = pauseAfter(this.closeCode, this.failures, Math.random());
    const woken$ = this.attention.wake$.pipe(
      filter(() => navigator.onLine),
      switchMap(() => timer(WAKE_SPREAD_MS * Math.random())),
    );
    return race(timer(milliseconds), isFirm ? NEVER : woken$).pipe(take(1));
  }
}

function isAbout(event: SocketEvent, conversationId: number): boolean {
  return 'conversation_id' in event
    ? event.conversation_id === conversationId
    : event.type === 'up' || event.type === 'lost';
}

function socketUrl(base: string): string {
  const url = new URL(SOCKET_PATH, base);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}
