import '../notifications';
