import '../auth';
