import { Service, computed, effect, inject, signal, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { type Attachment, type AttachmentPolicy, readFailure } from '@support-chat/contracts';
import {
  EMPTY,
  type Observable,
  Subject,
  catchError,
  filter,
  finalize,
  mergeMap,
  race,
  retry,
  switchMap,
  take,
  takeUntil,
  tap,
  throwError,
  timeout,
  timer,
} from 'rxjs';
import { Attention } from '../attention';
import { newClientId } from '../client-id';
import { CHAT_VIEWER } from '../viewer';
import { AttachmentPolicyStore } from './attachment-policy.store';
import { AttachmentApi } from './attachment.api';
import { checkFile, isImageType } from './file-check';
import { FileHold } from './file-hold';
import { ImageChoice } from './image-choice';
import { type OutgoingFile, OutgoingFiles, hasSizeChoice } from './outgoing-files';
import type { Upload } from './upload';
import type { UploadEvent } from './xhr-upload';

const AT_ONCE = 2;
/** Without any progress; the server's look at an image is within it. */
const STALLED_MS = 60_000;
/** Before each further try of a server that is not there; sooner when the network is back. */
const PAUSES_MS = [2_000, 8_000, 30_000];

/**
 * The files chosen for each conversation, uploaded two at a time, until they are sent; they live as
 * long as the page. Acts never throw; what fails shows in its upload.
 */
@Service()
export class Uploads {
  private readonly api = inject(AttachmentApi);
  private readonly policies = inject(AttachmentPolicyStore);
  private readonly hold = inject(FileHold);
  private readonly choice = inject(ImageChoice);
  private readonly outgoing = inject(OutgoingFiles);
  private readonly attention = inject(Attention);
  private readonly viewer = inject(CHAT_VIEWER);
  private readonly viewerId = computed(() => this.viewer()?.id ?? null);
  private readonly list = signal<readonly Upload[]>([]);
  private readonly queue = new Subject<string>();
  private readonly endings = new Subject<string>();
  /** Those that are not only queued. */
  private readonly running = new Set<string>();

  constructor() {
    this.queue
      .pipe(
        mergeMap((id) => this.run(id), AT_ONCE),
        takeUntilDestroyed(),
      )
      .subscribe();
    this.hold.drop$.pipe(takeUntilDestroyed()).subscribe(() => {
      for (const { id } of this.list()) this.cancel(id);
    });
    effect(() => {
      const viewerId = this.viewerId();
      untracked(() => {
        this.dropForeign(viewerId);
      });
    });
  }

  /** The viewer's files of a conversation, in the order they were chosen. */
  of(conversationId: number | null): readonly Upload[] {
    const ownerId = this.viewer()?.id;
    return this.list().filter(
      (upload) => upload.conversationId === conversationId && upload.ownerId === ownerId,
    );
  }

  /** Starts to upload what may be sent; call it once the policy is known. */
  add(conversationId: number, files: readonly File[]): void {
    const policy = this.policies.policy();
    const ownerId = this.viewer()?.id;
    if (!policy || ownerId === undefined) return;
    const added = files.map((file): Upload => {
      const refusal = this.outgoing.refusalOf(file, policy);
      return {
        id: newClientId(),
        conversationId,
        ownerId,
        file,
        outgoing: null,
        preview: !refusal && isImageType(file.type) ? URL.createObjectURL(file) : null,
        state: refusal ? 'refused' : 'waiting',
        progress: 0,
        attachment: null,
        failure: null,
        refusal,
      };
    });
    this.put([...this.list(), ...added]);
    for (const { id, state } of added) if (state === 'waiting') this.queue.next(id);
  }

  retry(id: string): void {
    this.change(id, { state: 'waiting', progress: 0, failure: null });
    this.queue.next(id);
  }

  /** Large images go out in the size that is chosen now, also those that the server has already. */
  chooseSmaller(isSmaller: boolean): void {
    const policy = this.policies.policy();
    this.choice.choose(isSmaller);
    const begun = this.list().filter(({ id, state }) => this.running.has(id) || state === 'ready');
    for (const { id, file } of begun) if (policy && hasSizeChoice(file, policy)) this.restart(id);
  }

  /** Stops it, or takes back what the server has already. */
  cancel(id: string): void {
    const staged = this.find(id)?.attachment;
    this.drop(id);
    if (staged) this.takeBack(staged);
  }

  /** These are in messages now. */
  sent(attachments: readonly Attachment[]): void {
    const ids = new Set(attachments.map(({ id }) => id));
    for (const { id, attachment } of this.list()) {
      if (attachment && ids.has(attachment.id)) this.drop(id);
    }
  }

  private run(id: string): Observable<UploadEvent> {
    const upload = this.find(id);
    const policy = this.policies.policy();
    if (!upload || !policy) return EMPTY;
    this.running.add(id);
    this.change(id, { state: 'preparing' });
    return this.outgoing.prepare(upload.file, policy).pipe(
      switchMap((outgoing) => this.send(upload, outgoing, policy)),
      takeUntil(this.endings.pipe(filter((ended) => ended === id))),
      finalize(() => this.running.delete(id)),
    );
  }

  private send(
    { id, conversationId }: Upload,
    outgoing: OutgoingFile,
    policy: AttachmentPolicy,
  ): Observable<UploadEvent> {
    const refusal = checkFile(outgoing.file, policy);
    this.change(id, { outgoing, refusal, state: refusal ? 'refused' : 'uploading' });
    if (refusal) return EMPTY;
    const pauses = [...PAUSES_MS];
    return this.api.upload(conversationId, outgoing.file).pipe(
      timeout({ each: STALLED_MS }),
      retry({ delay: (error: unknown) => this.untilNextTry(id, error, pauses) }),
      tap((event) => {
        if (event.kind === 'progress') this.change(id, { progress: event.share });
        else this.change(id, { state: 'ready', progress: 1, attachment: event.attachment });
      }),
      catchError((error: unknown) => {
        const failure = readFailure(error);
        this.change(id, { state: 'failed', failure });
        this.policies.refreshAfter(failure);
        return EMPTY;
      }),
    );
  }

  private restart(id: string): void {
    const staged = this.find(id)?.attachment;
    this.endings.next(id);
    if (staged) this.takeBack(staged);
    this.change(id, { state: 'waiting', progress: 0, attachment: null });
    this.queue.next(id);
  }

  /** Left there it goes away by itself after a day. */
  private takeBack({ id }: Attachment): void {
    this.api.remove(id).subscribe({ error: () => undefined });
  }

  /** Many files at once come faster than the server takes them: it says when to go on. */
  private untilNextTry(id: string, error: unknown, pauses: number[]): Observable<unknown> {
    const pause = this.pauseAfter(error, pauses);
    if (!pause) return throwError(() => error);
    this.change(id, { state: 'waiting', progress: 0 });
    return pause.pipe(
      tap(() => {
        this.change(id, { state: 'uploading' });
      }),
    );
  }

  /** Null for what is not tried again: it would fail the same, or has often enough. */
  private pauseAfter(error: unknown, pauses: number[]): Observable<unknown> | null {
    const { code, retryAfterSeconds } = readFailure(error);
    const asked = retryAfterSeconds === null ? null : retryAfterSeconds * 1000;
    if (code === 'rate_limited') return asked === null ? null : timer(asked);
    const isAbsent = code === 'unreachable' || (code === 'unavailable' && asked !== null);
    const pause = isAbsent ? pauses.shift() : undefined;
    if (pause === undefined) return null;
    const wakes = this.attention.wake$.pipe(filter(() => navigator.onLine));
    return asked === null ? race(timer(pause), wakes).pipe(take(1)) : timer(asked);
  }

  /** Whoever chose them is signed out; on the server they go away by themselves. */
  private dropForeign(viewerId: number | null): void {
    for (const { id, ownerId } of this.list()) if (ownerId !== viewerId) this.drop(id);
  }

  private drop(id: string): void {
    const preview = this.find(id)?.preview;
    if (preview) URL.revokeObjectURL(preview);
    this.put(this.list().filter((upload) => upload.id !== id));
    this.endings.next(id);
  }

  private find(id: string): Upload | undefined {
    return this.list().find((upload) => upload.id === id);
  }

  private change(id: string, change: Partial<Upload>): void {
    this.put(this.list().map((upload) => (upload.id === id ? { ...upload, ...change } : upload)));
  }

  private put(list: readonly Upload[]): void {
    this.list.set(list);
    this.hold.uploads.set(list.filter(({ state }) => state !== 'refused').length);
  }
}
