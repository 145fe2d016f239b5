import '../auth/users/user.entity';
