export * from '@support-chat/chat-data-access';
