import { Reflector } from '@nestjs/core';

/** Opens a route to everyone. Without this mark, or one of `auth/access`, a route is closed. */
export const Public = Reflector.createDecorator<boolean, boolean>({
  key: 'access:public',
  transform: () => true,
});
