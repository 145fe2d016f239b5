import '../chat';
