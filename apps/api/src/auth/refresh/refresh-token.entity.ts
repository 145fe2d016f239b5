import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** One link of a refresh family: a sign-in and all the tokens that replaced one another since. */
@Entity('auth_refresh_token')
export class RefreshTokenEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id!: number;

  @Column('bigint', { name: 'user_id' })
  userId!: number;

  /** The sign-in this token belongs to; also the `sid` claim of its access tokens. */
  @Column('uuid')
  family!: string;

  /** SHA-256 of the token, so that a copy of the table opens nothing. */
  @Column('bytea', { name: 'token_hash' })
  tokenHash!: Buffer;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 })
  expiresAt!: Date;

  /** The token that took this one's place. */
  @Column('bigint', { name: 'replaced_by', nullable: true })
  replacedBy!: number | null;

  @Column({ type: 'timestamptz', name: 'replaced_at', precision: 3, nullable: true })
  replacedAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'revoked_at', precision: 3, nullable: true })
  revokedAt!: Date | null;
}
