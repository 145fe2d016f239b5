import type { Statement } from '../../platform/database/database';

const COLUMNS = `a.id, a.conversation_id, a.uploader_id, a.message_id, a.created_at, a.name,
  a.media_type, a.size, a.width, a.height, a.thumbnail_size, a.sha256, a.storage_key`;

/** $1 attachment */
export const ATTACHMENT: Statement = {
  name: 'attachment',
  text: `SELECT ${COLUMNS}, c.user_id AS owner_id
    FROM chat_attachments a JOIN chat_conversations c ON c.id = a.conversation_id
    WHERE a.id = $1`,
};

/**
 * Before a file is stored: unless it gets its row in the meantime, it goes. $1 storage key, $2 minutes
 */
export const ANNOUNCE_FILE: Statement = {
  name: 'file-announce',
  text: `INSERT INTO chat_file_removals (storage_key, due_at)
    VALUES ($1, now() + make_interval(mins => $2))`,
};

/**
 * Counts an upload and notes its file, which stays from now on; all of it or nothing. The uploader's
 * row of counts is locked meanwhile, so the quota is exact however many uploads end at once. No row:
 * it is used up, or the file took so long that the cleaning may be taking it away.
 *
 * $1 uploader, $2 bytes as they arrived, $3 files and $4 bytes of the quota, $5 its hours,
 * $6 conversation, $7 name, $8 media type, $9 size, $10 width, $11 height, $12 size of the
 * thumbnail, $13 SHA-256, $14 storage key
 */
export const STAGE_ATTACHMENT: Statement = {
  name: 'attachment-stage',
  text: `WITH announced AS (
      SELECT FROM chat_file_removals
      WHERE storage_key = $14 AND due_at > now() + interval '1 minute'
    ), counted AS (
      INSERT INTO chat_upload_usage AS u (user_id, files, bytes) SELECT $1, 1, $2 FROM announced
      ON CONFLICT (user_id) DO UPDATE SET
        since = CASE WHEN u.since > now() - make_interval(hours => $5) THEN u.since ELSE now() END,
        files = 1 + CASE WHEN u.since > now() - make_interval(hours => $5) THEN u.files ELSE 0 END,
        bytes = $2 + CASE WHEN u.since > now() - make_interval(hours => $5) THEN u.bytes ELSE 0 END
      WHERE u.since <= now() - make_interval(hours => $5)
        OR u.files < $3 AND u.bytes + $2 <= $4
      RETURNING u.user_id
    ), staying AS (
      DELETE FROM chat_file_removals USING counted WHERE storage_key = $14
      RETURNING counted.user_id
    )
    INSERT INTO chat_attachments AS a (conversation_id, uploader_id, name, media_type, size, width,
      height, thumbnail_size, sha256, storage_key)
    SELECT $6, user_id, $7, $8, $9, $10, $11, $12, $13, $14 FROM staying
    RETURNING ${COLUMNS}`,
};

/**
 * $1 uploader, $2 files of the quota, $3 bytes that leave room for one more file, $4 its
 * hours. The seconds until it begins anew; no row where there is room.
 */
export const QUOTA_WAIT: Statement = {
  name: 'attachment-quota-wait',
  text: `SELECT extract(epoch FROM since + make_interval(hours => $4) - now())::float8 AS seconds
    FROM chat_upload_usage
    WHERE user_id = $1 AND since > now() - make_interval(hours => $4)
      AND (files >= $2 OR bytes > $3)`,
};

/** $1 attachment, $2 uploader; only one that is not sent */
export const DISCARD_ATTACHMENT: Statement = {
  name: 'attachment-discard',
  text: `DELETE FROM chat_attachments
    WHERE id = $1 AND uploader_id = $2 AND message_id IS NULL RETURNING id`,
};

/** So many of them; one that is just being sent is left alone. $1 hours, $2 how many at most */
export const DROP_UNSENT: Statement = {
  name: 'attachment-drop-unsent',
  text: `DELETE FROM chat_attachments WHERE id = ANY (ARRAY (
      SELECT id FROM chat_attachments
      WHERE message_id IS NULL AND created_at < now() - make_interval(hours => $1)
      ORDER BY created_at LIMIT $2 FOR UPDATE SKIP LOCKED
    )) RETURNING id`,
};

/** Due ones, the oldest first. $1 how many at most */
export const FILE_REMOVALS: Statement = {
  name: 'file-removals',
  text: `SELECT storage_key FROM chat_file_removals WHERE due_at <= now()
    ORDER BY due_at LIMIT $1`,
};

/** $1 storage keys */
export const FORGET_REMOVALS: Statement = {
  name: 'file-removals-forget',
  text: `DELETE FROM chat_file_removals WHERE storage_key = ANY ($1::uuid[])`,
};

/** $1 storage keys, $2 minutes until the next try */
export const POSTPONE_REMOVALS: Statement = {
  name: 'file-removals-postpone',
  text: `UPDATE chat_file_removals SET due_at = now() + make_interval(mins => $2)
    WHERE storage_key = ANY ($1::uuid[])`,
};
