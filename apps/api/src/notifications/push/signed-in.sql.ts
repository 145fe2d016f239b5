/** A condition on subscriptions `s`: the sign-in that asked for pushes has not ended. */
export const IS_SIGNED_IN = `EXISTS (
    SELECT FROM auth_refresh_token t
    WHERE t.family = s.session_family AND t.user_id = s.user_id
      AND t.revoked_at IS NULL AND t.expires_at > now())`;
