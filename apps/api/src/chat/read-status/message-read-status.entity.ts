import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Who read which message, and when. Written once, by whoever made the message read. */
@Entity('chat_message_read_status')
export class MessageReadStatus {
  @PrimaryColumn('bigint', { name: 'message_id' })
  messageId!: number;

  @PrimaryColumn('bigint', { name: 'user_id' })
  userId!: number;

  @Column({ type: 'timestamptz', name: 'read_at', precision: 3 })
  readAt!: Date;
}
