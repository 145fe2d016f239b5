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
  switchMap,
  takeUntil,
  tap,
} from 'rxjs';
import { CHAT_VIEWER } from '../viewer';
import { AttachmentPolicyStore } from './attachment-policy.store';
import { AttachmentApi } from './attachment.api';
import { FileHold } from './file-hold';
import { ImageChoice } from './image-choice';
import { type OutgoingFile, OutgoingFiles } from './outgoing-files';
import {
  type StagedFile,
  type Upload,
  canChooseSize,
  isSameForm,
  newUpload,
  readyAs,
  stagedOf,
} from './upload';
import { UploadTries } from './upload-tries';
import type { UploadEvent } from './xhr-upload';

const AT_ONCE = 2;

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
  private readonly tries = inject(UploadTries);
  private readonly viewer = inject(CHAT_VIEWER);
  private readonly viewerId = computed(() => this.viewer()?.id ?? null);
  private readonly list = signal<readonly Upload[]>([]);
  private readonly queue = new Subject<string>();
  private readonly endings = new Subject<string>();
  /** Those that are not only queued. */
  private readonly running = new Set<string>();
  /** Those of which it is not known yet whether they go out in another size. */
  private readonly doubts = new Set<string>();

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
    const added = files.map((file) => {
      const refusal = this.outgoing.refusalOf(file, policy);
      return newUpload({ conversationId, ownerId, file, refusal });
    });
    this.put([...this.list(), ...added]);
    for (const { id, state } of added) if (state === 'waiting') this.queue.next(id);
  }

  retry(id: string): void {
    this.doubts.delete(id);
    this.change(id, { state: 'waiting', progress: 0, failure: null });
    this.queue.next(id);
  }

  /** Large images go out in the size that is chosen now, also those that the server has already. */
  chooseSmaller(isSmaller: boolean): void {
    const policy = this.policies.policy();
    this.choice.choose(isSmaller);
    if (!policy) return;
    for (const upload of this.list().filter((each) => canChooseSize(each, policy))) {
      if (upload.state === 'uploading') this.reconsider(upload, policy);
      else if (this.running.has(upload.id) || upload.state === 'ready') this.restart(upload);
    }
  }

  /** Stops it, or takes back what the server has already. */
  cancel(id: string): void {
    const upload = this.find(id);
    this.drop(id);
    if (upload) this.takeBack(stagedOf(upload));
  }

  /** These are in messages now. */
  sent(attachments: readonly Attachment[]): void {
    const ids = new Set(attachments.map(({ id }) => id));
    for (const { id, attachment, others } of this.list()) {
      if (!attachment || !ids.has(attachment.id)) continue;
      this.drop(id);
      this.takeBack(others);
    }
  }

  private run(id: string): Observable<UploadEvent> {
    const upload = this.find(id);
    const policy = this.policies.policy();
    if (!upload || !policy) return EMPTY;
    this.running.add(id);
    this.change(id, { state: 'preparing' });
    return this.outgoing.prepare(upload.file, policy).pipe(
      switchMap((outgoing) => this.send(upload, outgoing)),
      takeUntil(this.endings.pipe(filter((ended) => ended === id))),
      finalize(() => this.running.delete(id)),
    );
  }

  private send(
    { id, conversationId, others }: Upload,
    outgoing: OutgoingFile,
  ): Observable<UploadEvent> {
    const staged = others.find((other) => isSameForm(other.outgoing, outgoing));
    if (staged) {
      this.makeReady(id, staged);
      return EMPTY;
    }
    const { refusal } = outgoing;
    this.change(id, { outgoing, refusal, state: refusal ? 'refused' : 'uploading' });
    if (refusal) return EMPTY;
    const onPause = (isPaused: boolean) => {
      this.change(id, isPaused ? { state: 'waiting', progress: 0 } : { state: 'uploading' });
    };
    return this.tries.upload(conversationId, outgoing.file, onPause).pipe(
      tap((event) => {
        if (event.kind === 'progress') this.change(id, { progress: event.share });
        else this.arrived(id, { outgoing, attachment: event.attachment });
      }),
      catchError((error: unknown) => {
        const failure = readFailure(error);
        const [staged] = others;
        this.doubts.delete(id);
        if (staged) this.makeReady(id, staged);
        this.change(id, staged ? { failure } : { state: 'failed', failure });
        this.policies.refreshAfter(failure);
        return EMPTY;
      }),
    );
  }

  /** Stops what is under way only for what would be another file; until that is known none is ready. */
  private reconsider({ id, file }: Upload, policy: AttachmentPolicy): void {
    const isSmaller = this.choice.isSmaller();
    this.doubts.add(id);
    this.outgoing
      .prepare(file, policy)
      .pipe(
        takeUntil(this.endings.pipe(filter((ending) => ending === id))),
        filter(() => isSmaller === this.choice.isSmaller() && this.doubts.delete(id)),
      )
      .subscribe((outgoing) => {
        const now = this.find(id);
        const [arrived] = now?.attachment ? stagedOf(now).slice(-1) : [];
        if (now?.outgoing && !isSameForm(now.outgoing, outgoing)) this.restart(now);
        else if (arrived) this.makeReady(id, arrived);
      });
  }

  private restart(upload: Upload): void {
    const { id } = upload;
    this.end(id);
    const anew = { state: 'waiting', progress: 0, outgoing: null, attachment: null } as const;
    this.change(id, { ...anew, failure: null, others: stagedOf(upload) });
    this.queue.next(id);
  }

  /** The server has it; whether it is what is wanted may still be in doubt. */
  private arrived(id: string, staged: StagedFile): void {
    if (this.doubts.has(id)) this.change(id, { ...staged, progress: 1 });
    else this.makeReady(id, staged);
  }

  private makeReady(id: string, staged: StagedFile): void {
    const upload = this.find(id);
    if (upload) this.change(id, readyAs(upload, staged));
  }

  /** Left there they go away by themselves after a day. */
  private takeBack(staged: readonly StagedFile[]): void {
    for (const { attachment } of staged) {
      this.api.remove(attachment.id).subscribe({ error: () => undefined });
    }
  }

  /** Whoever chose them is signed out; on the server they go away by themselves. */
  private dropForeign(viewerId: number | null): void {
    for (const { id, ownerId } of this.list()) if (ownerId !== viewerId) this.drop(id);
  }

  private drop(id: string): void {
    const preview = this.find(id)?.preview;
    if (preview) URL.revokeObjectURL(preview);
    this.put(this.list().filter((upload) => upload.id !== id));
    this.end(id);
  }

  private end(id: string): void {
    this.doubts.delete(id);
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
