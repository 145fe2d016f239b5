import '../admin';
