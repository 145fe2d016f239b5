import '@support-chat/chat-feature-bell';
