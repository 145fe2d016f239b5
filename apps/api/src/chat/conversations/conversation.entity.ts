import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';

/**
 * A student's conversation with the staff. Its counts and its revision change only together with
 * its messages, in one transaction under this row's lock.
 */
@Entity('chat_conversations')
export class Conversation {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id!: number;

  @Column('bigint', { name: 'user_id' })
  userId!: number;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'last_message_at', precision: 3, nullable: true })
  lastMessageAt!: Date | null;

  @Column('boolean', { name: 'is_active', default: true })
  isActive!: boolean;

  /** Raised by one for every change. */
  @Column('bigint', { default: 0 })
  revision!: number;

  /** Also the `seq` of the newest message. */
  @Column('bigint', { name: 'message_count', default: 0 })
  messageCount!: number;

  /** Messages of admins that the student has not read. */
  @Column('bigint', { name: 'user_unread_count', default: 0 })
  userUnreadCount!: number;

  /** Messages of the student that no admin has read. */
  @Column('bigint', { name: 'admin_unread_count', default: 0 })
  adminUnreadCount!: number;

  @Column('bigint', { name: 'user_delivered_seq', default: 0 })
  userDeliveredSeq!: number;

  @Column('bigint', { name: 'admin_delivered_seq', default: 0 })
  adminDeliveredSeq!: number;
}
