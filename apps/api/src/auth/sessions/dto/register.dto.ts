import { ApiProperty } from '@nestjs/swagger';
import { LIMITS, type RegisterBody } from '@support-chat/contracts';
import { HasVisibleText, TextFormat, TextLength, Trimmed } from '../../../platform/http/validation';
import { EMAIL_ADDRESS } from '../../users/email-address';
import { ONE_LINE } from '../../users/person-name';

export class RegisterDto implements RegisterBody {
  @ApiProperty({ format: 'email', maxLength: LIMITS.emailMaxLength })
  @Trimmed()
  @TextLength(1, LIMITS.emailMaxLength)
  @TextFormat(EMAIL_ADDRESS, 'must be an e-mail address')
  email!: string;

  /** Taken as typed. */
  @ApiProperty({ minLength: LIMITS.passwordMinLength, maxLength: LIMITS.passwordMaxLength })
  @TextLength(LIMITS.passwordMinLength, LIMITS.passwordMaxLength)
  password!: string;

  @ApiProperty({ minLength: LIMITS.nameMinLength, maxLength: LIMITS.nameMaxLength })
  @Trimmed()
  @TextLength(LIMITS.nameMinLength, LIMITS.nameMaxLength)
  @HasVisibleText()
  @TextFormat(ONE_LINE, 'must not have control characters')
  name!: string;
}
