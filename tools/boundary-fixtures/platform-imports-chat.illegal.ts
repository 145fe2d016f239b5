import '../chat/messages/message.entity';
