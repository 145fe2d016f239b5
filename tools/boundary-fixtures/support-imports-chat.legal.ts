export const feature = import('@support-chat/chat-feature-thread');
