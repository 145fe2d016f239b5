/**
 * Every limit of the wire, once: the database checks, the API's validation and the Angular forms
 * all read these numbers. Lengths of text are in Unicode code points unless the name says bytes.
 */
export const LIMITS = {
  messageMinLength: 1,
  messageMaxLength: 4000,
  lastMessagePreviewLength: 200,
  passwordMinLength: 8,
  passwordMaxLength: 256,
  nameMinLength: 1,
  nameMaxLength: 100,
  emailMaxLength: 254,
  searchMaxLength: 100,
  jsonBodyBytes: 64 * 1024,
  jsonDepth: 20,
  pageSize: 20,
  pageSizeMax: 100,
  markReadIdsMax: 500,
  updatesMessagesMax: 100,
  updatesBytesMax: 256 * 1024,
  /** Ids, revisions and seqs are exact JSON numbers. */
  idMax: Number.MAX_SAFE_INTEGER,
  accessTokenSeconds: 900,
  attachmentBytesMax: 10 * 1024 * 1024,
  attachmentNameMaxLength: 200,
  /** One person's uploads in 24 hours. */
  attachmentsPerDay: 100,
  attachmentBytesPerDay: 200 * 1024 * 1024,
  /** An upload that is not sent goes away after this. */
  stagedAttachmentHours: 24,
  imagePixelsMax: 25_000_000,
  /** The longest side that WebP, and so a thumbnail, can have. */
  imageSideMax: 16_383,
  thumbnailPixels: 640,
  attachmentLinkSeconds: 300,
  /** Entries of the bell. */
  unreadLatestMax: 10,
  pushSubscriptionsPerUser: 20,
} as const;

/** How often a client asks for changes, in milliseconds (contract section 4). */
export const POLL_INTERVALS = {
  focusedMs: 3_000,
  idleMs: 15_000,
  hiddenMs: 60_000,
  /** While a socket brings the news; polling stays the safety net. */
  socketUpMs: 30_000,
  backOffMaxMs: 60_000,
  /** Each interval is stretched or shortened by up to this share, so clients spread out. */
  jitter: 0.1,
} as const;

/** How long a client waits for an answer before it asks again. */
export const ANSWER_WITHIN_MS = 30_000;

/** For so long a refresh token just replaced gives its successor again: two tabs, a lost answer. */
export const REFRESH_GRACE_SECONDS = 10;

/** Shorter for a refresh, so that whoever lost its answer asks again well within the grace. */
export const REFRESH_ANSWER_WITHIN_MS = (REFRESH_GRACE_SECONDS * 1000) / 2;
