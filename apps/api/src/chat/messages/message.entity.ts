import type { Attachment, MessageType } from '@support-chat/contracts';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** One message. It exists once its row is committed, and its `seq` is its place for ever. */
@Entity('chat_messages')
export class Message {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id!: number;

  @Column('bigint', { name: 'conversation_id' })
  conversationId!: number;

  @Column('bigint', { name: 'sender_id' })
  senderId!: number;

  /** 1, 2, 3 … in the conversation, without holes. */
  @Column('bigint')
  seq!: number;

  /** The conversation's revision when this message last changed. */
  @Column('bigint')
  revision!: number;

  @Column('boolean', { name: 'from_admin' })
  fromAdmin!: boolean;

  @Column('uuid', { name: 'client_message_id', nullable: true })
  clientMessageId!: string | null;

  @Column('text')
  content!: string;

  @Column('text', { name: 'message_type', default: 'text' })
  messageType!: MessageType;

  @Column('jsonb', { nullable: true })
  attachment!: Attachment | null;

  @Column('boolean', { name: 'is_read', default: false })
  isRead!: boolean;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'edited_at', precision: 3, nullable: true })
  editedAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'deleted_at', precision: 3, nullable: true })
  deletedAt!: Date | null;
}
