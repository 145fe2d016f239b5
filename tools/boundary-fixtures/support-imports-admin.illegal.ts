export const feature = import('@support-chat/admin-feature-inbox');
