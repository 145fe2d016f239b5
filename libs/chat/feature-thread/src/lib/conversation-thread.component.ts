import { Clipboard } from '@angular/cdk/clipboard';
import {
  Component,
  computed,
  effect,
  inject,
  input,
  inputBinding,
  linkedSignal,
  outputBinding,
  signal,
  untracked,
  viewChild,
  viewChildren,
} from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  ConversationStore,
  type ConversationTarget,
  NewestRequests,
  type OutboxEntry,
} from '@support-chat/chat-data-access';
import { type Attachment, type Failure, IMAGE_TYPES } from '@support-chat/contracts';
import {
  AttachButtonComponent,
  ComposerComponent,
  ConnectionBannerComponent,
  ConnectionStatusComponent,
  DateSeparatorComponent,
  ErrorStateComponent,
  I18n,
  IconComponent,
  type LazyPart,
  LazyPartComponent,
  MessageBubbleComponent,
  NewMessagesButtonComponent,
  PresenceComponent,
  SkeletonComponent,
  TypingLineComponent,
  UnreadDividerComponent,
  failureText,
  rovingTarget,
} from '@support-chat/ui';
import { filter } from 'rxjs';
import { AuthorLineComponent } from './author-line.component';
import { AttachmentSlotComponent } from './attachments/attachment-slot.component';
import { FileDropDirective } from './attachments/file-drop.directive';
import { FileIntake } from './attachments/file-intake';
import { ThreadAnnouncer } from './announce/thread-announcer';
import { ThreadEmptyComponent } from './thread-empty.component';
import { ThreadReading } from './reading/thread-reading';
import { buildDays } from './rows/build-days';
import { keepUnchanged } from './rows/keep-unchanged';
import type { MessageRow, ThreadDay } from './rows/thread-row';
import { ThreadScrollDirective } from './scroll/thread-scroll.directive';

/** One conversation for as long as it is open: its messages, and the field to write in. */
@Component({
  selector: 'sc-conversation-thread',
  imports: [
    AttachButtonComponent,
    AttachmentSlotComponent,
    AuthorLineComponent,
    ComposerComponent,
    ConnectionBannerComponent,
    ConnectionStatusComponent,
    DateSeparatorComponent,
    ErrorStateComponent,
    IconComponent,
    LazyPartComponent,
    MessageBubbleComponent,
    NewMessagesButtonComponent,
    PresenceComponent,
    SkeletonComponent,
    ThreadEmptyComponent,
    ThreadScrollDirective,
    TypingLineComponent,
    UnreadDividerComponent,
  ],
  providers: [ConversationStore, FileIntake, ThreadAnnouncer, ThreadReading],
  hostDirectives: [FileDropDirective],
  templateUrl: './conversation-thread.component.html',
  styleUrl: './conversation-thread.component.css',
})
export class ConversationThreadComponent {
  protected readonly store = inject(ConversationStore);
  protected readonly i18n = inject(I18n);
  private readonly announcer = inject(ThreadAnnouncer);
  private readonly clipboard = inject(Clipboard);
  protected readonly reading = inject(ThreadReading);
  protected readonly intake = inject(FileIntake);
  protected readonly drop = inject(FileDropDirective);

  readonly target = input.required<ConversationTarget>();
  readonly conversation = this.store.conversation;
  readonly presence = this.store.presence;
  protected readonly isStudent = computed(() => this.store.viewer()?.role === 'user');

  private readonly scroll = viewChild(ThreadScrollDirective);
  private readonly composer = viewChild(ComposerComponent);
  private readonly bubbles = viewChildren(MessageBubbleComponent);

  protected readonly days = linkedSignal<ThreadDay[], ThreadDay[]>({
    source: () => this.layOut(),
    computation: (next, previous) => keepUnchanged(previous?.value, next),
  });
  private readonly messages = computed(() =>
    this.days().flatMap(({ rows }) => rows.filter((row) => row.kind === 'message')),
  );

  protected readonly showsNewest = computed(
    () => this.scroll()?.isAtEnd() === false && this.messages().length > 0,
  );

  protected readonly images = computed(() =>
    this.messages().flatMap(({ view: { attachment } }) =>
      isImage(attachment) ? [attachment] : [],
    ),
  );
  protected readonly canAttach = computed(() => this.intake.rules()?.isEnabled !== false);
  /** The image that is seen large. */
  protected readonly openImageId = signal<number | null>(null);
  /** By that image, once it is there: nobody sees the thread behind it. */
  private readonly isCovered = signal(false);
  protected readonly trayPart = async (): Promise<LazyPart> => ({
    type: (await import('./attachments/attachment-tray.component')).AttachmentTrayComponent,
    bindings: [outputBinding('cleared', () => this.composer()?.focus())],
  });
  protected readonly viewerPart = async (): Promise<LazyPart> => {
    const { ImageViewerComponent } = await import('./attachments/image-viewer.component');
    this.isCovered.set(true);
    return {
      type: ImageViewerComponent,
      bindings: [
        inputBinding('images', this.images),
        inputBinding('imageId', this.openImageId),
        outputBinding<number>('imageIdChange', (id) => {
          this.openImageId.set(id);
        }),
        outputBinding('closed', () => {
          this.openImageId.set(null);
          this.isCovered.set(false);
        }),
      ],
    };
  };

  private readonly chosenKey = signal<string | null>(null);
  /** The one message that Tab stops at: the chosen one, else the newest. */
  protected readonly activeKey = computed(() => {
    const messages = this.messages();
    const chosen = messages.find(({ key }) => key === this.chosenKey());
    return (chosen ?? messages.at(-1))?.key ?? null;
  });

  constructor() {
    effect(() => {
      const target = this.target();
      untracked(() => {
        this.store.open(target);
      });
    });
    effect(() => {
      if (this.store.status() === 'ready') this.announcer.follow(this.messages());
    });
    effect(() => {
      this.announcer.followTyping(this.store.typing());
    });
    inject(NewestRequests)
      .asked$.pipe(
        filter((id) => id === this.conversation()?.id),
        takeUntilDestroyed(),
      )
      .subscribe(() => {
        this.toNewest();
      });
    this.drop.files.subscribe((files) => {
      this.addFiles(files);
    });
    this.reading.follow({
      messages: this.messages,
      isEndInView: computed(() => !this.isCovered() && this.scroll()?.isAtEnd() === true),
    });
  }

  protected send(text: string): void {
    if (this.intake.isBusy()) {
      this.intake.postpone(text);
      return;
    }
    const attachments = this.intake.attachments();
    if (!this.store.send(text, attachments)) return;
    this.intake.tray()?.sent(attachments);
    this.scroll()?.toEnd();
    this.composer()?.focus();
  }

  protected addFiles(files: readonly File[]): void {
    this.intake.add(files);
    this.composer()?.focus();
  }

  protected toNewest(): void {
    this.scroll()?.toEnd();
    this.focusMessage(this.messages().length - 1);
  }

  protected copy(text: string): void {
    const words = this.clipboard.copy(text) ? 'thread.announceCopied' : 'thread.copyFailed';
    this.announcer.say(this.i18n.t(words));
  }

  protected retry(row: MessageRow): void {
    this.focusMessage(this.messages().indexOf(row));
    if (row.clientId) this.store.retry(row.clientId);
  }

  protected discard(row: MessageRow): void {
    this.composer()?.focus();
    if (row.clientId) this.store.discard(row.clientId);
  }

  protected loadOlder(): void {
    if (this.store.hasOlder() && !this.store.loadingOlder() && !this.store.olderFailure()) {
      this.store.loadOlder();
    }
  }

  protected choose(key: string): void {
    this.chosenKey.set(key);
  }

  /** Arrow keys, Home and End move through the messages; Escape goes back to writing. */
  protected onKeydown(event: KeyboardEvent): void {
    const messages = this.messages();
    const current = messages.findIndex(({ key }) => key === this.activeKey());
    const target = rovingTarget(event, current, messages.length);
    if (event.key === 'Escape') this.composer()?.focus();
    if (target === undefined) return;
    event.preventDefault();
    this.focusMessage(target);
  }

  protected focusNewest(): void {
    this.focusMessage(this.messages().length - 1);
  }

  private focusMessage(index: number): void {
    const key = this.messages()[index]?.key;
    if (key === undefined) return;
    this.chosenKey.set(key);
    this.bubbles()
      .find((bubble) => bubble.message().key === key)
      ?.focus();
  }

  private layOut(): ThreadDay[] {
    const viewer = this.store.viewer();
    if (!viewer) return [];
    return buildDays({
      timeline: this.store.timeline(),
      viewer,
      firstUnreadSeq: this.store.firstUnreadSeq(),
      failureWords: (failure, entry) => this.failureWords(failure, entry),
    });
  }

  private failureWords(failure: Failure, { attachment }: OutboxEntry): string {
    const isGone = attachment !== null && failure.code === 'validation_failed';
    return isGone ? this.i18n.t('attachment.gone') : failureText(this.i18n, failure);
  }
}

function isImage(attachment: Attachment | null): attachment is Attachment {
  return IMAGE_TYPES.some((type) => type === attachment?.media_type);
}
