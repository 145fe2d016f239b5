import { type ClientFrame, type ServerFrame, SOCKET_LIMITS } from '@support-chat/contracts';
import {
  type Observable,
  concat,
  defer,
  expand,
  filter,
  fromEvent,
  ignoreElements,
  map,
  merge,
  of,
  retry,
  share,
  startWith,
  switchMap,
  tap,
  throwError,
  timer,
} from 'rxjs';
import { type WebSocketSubject, webSocket } from 'rxjs/webSocket';
import type { ChatAccess, SocketToken } from './chat-access';

const READY_WITHIN_MS = SOCKET_LIMITS.identityWithinMs + 5_000;
/** A token renewed sooner than this would be renewed without end. */
const RENEW_AT_LEAST_MS = 1_000;
const RENEW_AGAIN_MS = 5_000;
/** What browsers report when a connection breaks or is refused (RFC 6455, 7.4.1). */
const ABNORMAL_CLOSURE = 1006;

/** One connection, from its opening to its loss; it says who it is for, and again in time. */
export class SocketSession {
  /** Why it ended. */
  closeCode = ABNORMAL_CLOSURE;

  private readonly socket: WebSocketSubject<unknown>;
  private patienceMs = READY_WITHIN_MS;
  private heardAt = Date.now();

  /**
   * Connected while subscribed. Ends with an error in any case: closed, silent for too long, or
   * the browser is offline.
   */
  readonly frames$: Observable<ServerFrame> = defer(() => {
    const frames$ = concat(this.socket, failure('closed')).pipe(
      map((frame) => frame as ServerFrame),
      tap((frame) => {
        this.heard(frame);
      }),
      share(),
    );
    this.identify(this.token);
    return merge(frames$, this.silence(frames$), this.renewals());
  });

  /** `doubts$`: moments to ask whether the line may have died unnoticed, as on waking up. */
  constructor(
    url: string,
    private token: SocketToken,
    private readonly access: ChatAccess,
    private readonly doubts$: Observable<unknown>,
  ) {
    this.socket = webSocket<unknown>({
      url,
      closeObserver: { next: ({ code }) => (this.closeCode = code) },
    });
  }

  send(frame: ClientFrame): void {
    this.socket.next(frame);
  }

  /** The server no longer accepts the token it was shown last. */
  refuseToken(): void {
    this.access.refused(this.token.value);
  }

  private heard(frame: ServerFrame): void {
    this.heardAt = Date.now();
    if (frame.type !== 'ready') return;
    this.patienceMs = 2 * frame.heartbeat_seconds * 1000;
  }

  private silence(frames$: Observable<unknown>): Observable<never> {
    const overdue$ = frames$.pipe(
      startWith(null),
      switchMap(() => timer(this.patienceMs)),
    );
    const isSilent = () => Date.now() - this.heardAt > this.patienceMs;
    return merge(
      overdue$,
      this.doubts$.pipe(filter(isSilent)),
      fromEvent(globalThis, 'offline'),
    ).pipe(switchMap(() => failure('silent')));
  }

  private renewals(): Observable<never> {
    return of(this.token).pipe(
      expand(({ renewAt }) =>
        timer(Math.max(renewAt - Date.now(), RENEW_AT_LEAST_MS)).pipe(
          switchMap(() => this.access.current().pipe(retry({ delay: RENEW_AGAIN_MS }))),
          tap((token) => {
            this.identify(token);
          }),
        ),
      ),
      ignoreElements(),
    );
  }

  private identify(token: SocketToken): void {
    this.token = token;
    this.send({ type: 'authenticate', token: token.value });
  }
}

function failure(reason: string): Observable<never> {
  return throwError(() => new Error(`The socket is ${reason}.`));
}
