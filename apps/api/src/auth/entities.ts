import { RefreshTokenEntity } from './refresh/refresh-token.entity';
import { UserEntity } from './users/user.entity';

export const AUTH_ENTITIES = [UserEntity, RefreshTokenEntity];
