import '@support-chat/contracts';
