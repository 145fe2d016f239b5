import '@support-chat/chat-data-access';
import '@support-chat/contracts';
import '@support-chat/ui';
