import '../chat/messages/messages.service';
