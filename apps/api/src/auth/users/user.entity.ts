import type { UserRole } from '@support-chat/contracts';
import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A person who can sign in. Unique by lower-case e-mail address (index `auth_user_email_key`). */
@Entity('auth_user')
export class UserEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id!: number;

  /** As typed, without surrounding white space. */
  @Column('text')
  email!: string;

  @Column('text')
  name!: string;

  @Column('text')
  role!: UserRole;

  /** argon2id in PHC string format. */
  @Column('text', { name: 'password_hash' })
  passwordHash!: string;

  @Column('boolean', { name: 'is_active', default: true })
  isActive!: boolean;

  /** Made by the demo data, and removed with it. */
  @Column('boolean', { name: 'is_demo', default: false })
  isDemo!: boolean;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt!: Date;
}
