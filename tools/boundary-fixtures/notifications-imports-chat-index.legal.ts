import '../auth/index';
import '../chat';
