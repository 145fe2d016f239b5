import '../auth';
import '../auth/index';
