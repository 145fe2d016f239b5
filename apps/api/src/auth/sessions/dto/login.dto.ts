import { ApiProperty } from '@nestjs/swagger';
import { LIMITS, type LoginBody } from '@support-chat/contracts';
import { TextLength, Trimmed } from '../../../platform/http/validation';

/** Bounds only: whatever else is wrong with either is a matter of bad credentials. */
export class LoginDto implements LoginBody {
  @ApiProperty({ maxLength: LIMITS.emailMaxLength })
  @Trimmed()
  @TextLength(1, LIMITS.emailMaxLength)
  email!: string;

  @ApiProperty({ maxLength: LIMITS.passwordMaxLength })
  @TextLength(1, LIMITS.passwordMaxLength)
  password!: string;
}
