package cloud.wuye.identity.wechat;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/**
 * A company's mini-program as it stands in the database.
 *
 * @param secret sealed
 */
record WeChatApp(UUID tenantId, String appId, String secret, String secretFingerprint, Instant updatedAt) {
    /** The column of the secret, into which its seal is bound. */
    static final String SECRET = "wechat_app.secret";

    static WeChatApp of(Row row) {
        return new WeChatApp(
                row.getUUID("tenant_id"),
                row.getString("app_id"),
                row.getString("secret"),
                row.getString("secret_fingerprint"),
                row.getOffsetDateTime("updated_at").toInstant());
    }

    /** Without the secret, sealed as it is: a log is no place for it. */
    @Override
    public String toString() {
        return "mini-program " + appId + " of " + tenantId;
    }
}
