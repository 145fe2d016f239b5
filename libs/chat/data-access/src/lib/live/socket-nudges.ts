import { toObservable } from '@angular/core/rxjs-interop';
import {
  type Observable,
  Subject,
  debounceTime,
  defer,
  finalize,
  ignoreElements,
  merge,
  tap,
  throttleTime,
} from 'rxjs';
import type { ChatSocket, SocketEvent } from '../socket/chat.socket';
import type { SharedQuestion } from '../tabs/shared-poller';
import { Liveness } from './liveness';

/** However much happens, a list is asked for so often at most. */
const NUDGE_EVERY_MS = 1_000;
const THROTTLE = { leading: true, trailing: true };
/** Another instance may answer, that has not heard of it yet: so once more when it is quiet. */
const NUDGE_AGAIN_MS = 2_000;

/** What of a shared question the socket takes care of. */
export type PushedPart = Pick<
  SharedQuestion<never, boolean>,
  'feed$' | 'isFed' | 'note' | 'noted$' | 'heed'
>;

/**
 * The socket as the one who says when to ask: for answers that frames alone do not give, such as
 * a filtered list. A line that is lost is a reason too.
 */
export class SocketNudges {
  private readonly reasons = new Subject<void>();
  /** What was answered until the server knew of the new line may have changed, and nobody was told. */
  private readonly ups = new Subject<void>();

  readonly liveness = new Liveness();
  readonly nudge$ = merge(
    this.reasons.pipe(throttleTime(NUDGE_EVERY_MS, undefined, THROTTLE)),
    merge(this.reasons, this.ups).pipe(debounceTime(NUDGE_AGAIN_MS)),
  );
  private readonly noted$ = toObservable(this.liveness.now);

  /** Made in an injection context. */
  constructor(private readonly socket: ChatSocket) {}

  part(events$: Observable<SocketEvent>, isNews: (event: SocketEvent) => boolean): PushedPart {
    const isLive = this.liveness.now;
    const feed$ = defer(() => {
      isLive.set(this.socket.isUp());
      return events$;
    }).pipe(
      tap((event) => {
        if (event.type === 'up') {
          isLive.set(true);
          this.ups.next();
        }
        if (event.type === 'lost') isLive.set(false);
        if (event.type === 'lost' || isNews(event)) this.reasons.next();
      }),
      ignoreElements(),
      finalize(() => {
        isLive.set(false);
      }),
    );
    return {
      feed$,
      isFed: isLive,
      note: isLive,
      noted$: this.noted$,
      heed: (isPushed) => {
        isLive.set(isPushed);
      },
    };
  }
}
