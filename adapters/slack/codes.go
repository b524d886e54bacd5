package slack

// unlisted stands for a code of Slack's that is not among [known]. What Slack
// calls an error comes from outside, and only what is on a closed list is logged.
const unlisted = "unlisted"

// known are the codes that Slack documents for the methods that are used here.
var known = setOf(
	// Of every method.
	"access_denied", "accesslimited", "account_inactive", "deprecated_endpoint", "ekm_access_denied", "enterprise_is_restricted",
	"fatal_error", "internal_error", "invalid_arg_name", "invalid_arguments", "invalid_array_arg", "invalid_auth", "invalid_charset",
	"invalid_form_data", "invalid_json", "invalid_post_type", "json_not_object", "method_deprecated", "missing_post_type",
	"missing_scope", "no_permission", "not_allowed_token_type", "not_authed", "org_login_required", "ratelimited", "rate_limited",
	"request_timeout", "service_unavailable", "team_access_not_granted", "team_added_to_org", "team_not_found", "token_expired",
	"token_revoked", "two_factor_setup_required", "unknown_method", "upgrade_required",
	// Of messages.
	"as_user_not_supported", "block_mismatch", "cannot_reply_to_message", "cant_broadcast_message", "cant_delete_message",
	"cant_update_message", "channel_not_found", "duplicate_channel_not_found", "duplicate_message_not_found", "edit_window_closed",
	"external_channel_migrating", "invalid_attachments", "invalid_blocks", "invalid_blocks_format", "invalid_metadata_format",
	"invalid_metadata_schema", "is_archived", "is_inactive", "message_limit_exceeded", "message_not_found", "messages_tab_disabled",
	"metadata_must_be_sent_from_app", "metadata_too_large", "method_not_supported_for_channel_type", "msg_blocks_too_long",
	"msg_too_long", "no_text", "not_in_channel", "restricted_action", "restricted_action_non_threadable_channel",
	"restricted_action_read_only_channel", "restricted_action_thread_locked", "restricted_action_thread_only_channel",
	"slack_connect_canvas_sharing_blocked", "slack_connect_file_link_sharing_blocked", "slack_connect_lists_sharing_blocked",
	"thread_not_found", "too_many_attachments", "too_many_contact_cards", "update_failed", "user_not_in_channel",
	"expired_url", "invalid_payload", "invalid_url", "used_url",
	// Of people and channels.
	"cannot_dm_bot", "channel_cannot_be_unshared", "fetch_members_failed", "invalid_cursor", "invalid_limit", "invalid_types",
	"invalid_user_combination", "not_enough_users", "too_many_users", "user_disabled", "user_not_found", "user_not_visible",
	"users_list_not_supplied", "users_not_found",
	// Of windows and homes.
	"duplicate_external_id", "exchanged_trigger_id", "expired_trigger_id", "external_id_length_error", "hash_conflict",
	"invalid_trigger", "invalid_trigger_id", "not_enabled", "not_found", "push_limit_reached", "trigger_exchanged",
	"trigger_expired", "view_too_large",
	// Of files and connections.
	"file_not_found", "file_update_failed", "file_upload_size_restricted", "file_uploads_disabled",
	"file_uploads_except_images_disabled", "blocked_file_type", "malware_detected", "missing_argument", "posting_to_channel_denied",
	"storage_limit_reached", "unknown_snippet_type", "unknown_subtype", "snippet_too_large", "too_many_websockets",
)

func setOf(words ...string) map[string]bool {
	set := map[string]bool{}
	for _, word := range words {
		set[word] = true
	}
	return set
}
