package cloud.wuye.payment;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/**
 * The settings of a company's channel as they stand in the database: secrets sealed.
 *
 * @param apiV3Key sealed
 * @param merchantKey our private key in PEM, sealed
 * @param channelKeys the channel's public keys and certificates
 * @param noticeToken stands in the address for notices
 * @param testOutcome {@code OK}, or what the last test of exactly these settings met; null when there was none
 */
public record ChannelSettings(
        UUID id,
        UUID tenantId,
        ChannelKind kind,
        boolean enabled,
        String appId,
        String merchantId,
        String merchantSerial,
        String apiV3Key,
        String apiV3KeyFingerprint,
        String merchantKey,
        String merchantKeyFingerprint,
        List<ChannelKeyText> channelKeys,
        String noticeToken,
        Instant testedAt,
        String testOutcome,
        int version,
        Instant createdAt,
        Instant updatedAt) {
    /** The outcome of a test that passed. */
    public static final String PASSED = "OK";

    /** The column of the APIv3 key, into which its seal is bound. */
    public static final String API_V3_KEY = "payment_channel.api_v3_key";

    /** The column of the merchant's private key, into which its seal is bound. */
    public static final String MERCHANT_KEY = "payment_channel.merchant_key";

    /** A public key ({@code PUB_KEY_ID_…}) or certificate (by serial number) of the channel, as text. Not a secret. */
    @RegisterForReflection
    public record ChannelKeyText(String id, String pem) {}

    static ChannelSettings of(Row row, List<ChannelKeyText> channelKeys) {
        OffsetDateTime tested = row.getOffsetDateTime("tested_at");
        return new ChannelSettings(
                row.getUUID("id"),
                row.getUUID("tenant_id"),
                ChannelKind.valueOf(row.getString("kind")),
                row.getBoolean("enabled"),
                row.getString("app_id"),
                row.getString("merchant_id"),
                row.getString("merchant_serial"),
                row.getString("api_v3_key"),
                row.getString("api_v3_key_fingerprint"),
                row.getString("merchant_key"),
                row.getString("merchant_key_fingerprint"),
                channelKeys,
                row.getString("notice_token"),
                tested == null ? null : tested.toInstant(),
                row.getString("test_outcome"),
                row.getInteger("version"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }

    /** Whether the last test of exactly these settings passed. */
    public boolean passed() {
        return PASSED.equals(testOutcome);
    }

    /** Without the secrets, sealed as they are: a log is no place for them. */
    @Override
    public String toString() {
        return kind + " of " + tenantId + ", merchant " + merchantId + ", version " + version;
    }
}
