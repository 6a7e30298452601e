package cloud.wuye.payment;

import static cloud.wuye.platform.db.Columns.utc;

import cloud.wuye.payment.ChannelSettings.ChannelKeyText;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.json.Json;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The companies' settings of their channels and all SQL about them. */
@ApplicationScoped
public class PaymentChannels {
    private static final String SELECT = "SELECT *, channel_keys::text AS keys_text FROM payment_channel";
    private static final String INSERT =
            """
            INSERT INTO payment_channel (id, tenant_id, kind, enabled, app_id, merchant_id, merchant_serial, api_v3_key,
              api_v3_key_fingerprint, merchant_key, merchant_key_fingerprint, channel_keys, notice_token, version,
              created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::text::jsonb, $13, $14, $15, $16)""";
    private static final String REPLACE =
            """
            UPDATE payment_channel SET enabled = $2, app_id = $3, merchant_id = $4, merchant_serial = $5, api_v3_key = $6,
              api_v3_key_fingerprint = $7, merchant_key = $8, merchant_key_fingerprint = $9,
              channel_keys = $10::text::jsonb, tested_at = NULL, test_outcome = NULL, version = version + 1, updated_at = $11
            WHERE id = $1""";

    private final Db db;
    private final Json json;
    private final Clock clock;

    PaymentChannels(Db db, Json json, Clock clock) {
        this.db = db;
        this.json = json;
        this.clock = clock;
    }

    /** The settings of a company's channel, or null; on the system's own behalf. */
    public Uni<ChannelSettings> of(UUID tenantId, ChannelKind kind) {
        return db.forTenantSql(tenantId, connection -> find(connection, kind));
    }

    /** The company at whose address for notices somebody knocks, or null. */
    public Uni<UUID> companyOf(ChannelKind kind, String noticeToken) {
        return db.acrossTenants("a channel's notice names its company by a token", connection -> connection
                .preparedQuery("SELECT tenant_id FROM payment_channel WHERE notice_token = $1 AND kind = $2")
                .execute(Tuple.of(noticeToken, kind.name()))
                .map(rows -> {
                    RowIterator<Row> found = rows.iterator();
                    return found.hasNext() ? found.next().getUUID(0) : null;
                }));
    }

    /** The settings in the running unit's company, or null. */
    public Uni<ChannelSettings> find(SqlClient connection, ChannelKind kind) {
        return one(connection, SELECT + " WHERE kind = $1", kind);
    }

    /** The same, locked until the unit's end. */
    public Uni<ChannelSettings> locked(SqlClient connection, ChannelKind kind) {
        return one(connection, SELECT + " WHERE kind = $1 FOR UPDATE", kind);
    }

    /** Writes new settings down; two at the same moment: the second fails with a unique violation. */
    public Uni<Void> add(SqlClient connection, ChannelSettings settings) {
        return connection
                .preparedQuery(INSERT)
                .execute(Tuple.from(new Object[] {
                    settings.id(),
                    settings.tenantId(),
                    settings.kind().name(),
                    settings.enabled(),
                    settings.appId(),
                    settings.merchantId(),
                    settings.merchantSerial(),
                    settings.apiV3Key(),
                    settings.apiV3KeyFingerprint(),
                    settings.merchantKey(),
                    settings.merchantKeyFingerprint(),
                    json.write(settings.channelKeys()),
                    settings.noticeToken(),
                    settings.version(),
                    utc(settings.createdAt()),
                    utc(settings.updatedAt())
                }))
                .replaceWithVoid();
    }

    /** Puts these settings in the place of those of the same id; they are untested from now on. */
    public Uni<Void> replace(SqlClient connection, ChannelSettings settings) {
        return connection
                .preparedQuery(REPLACE)
                .execute(Tuple.from(new Object[] {
                    settings.id(),
                    settings.enabled(),
                    settings.appId(),
                    settings.merchantId(),
                    settings.merchantSerial(),
                    settings.apiV3Key(),
                    settings.apiV3KeyFingerprint(),
                    settings.merchantKey(),
                    settings.merchantKeyFingerprint(),
                    json.write(settings.channelKeys()),
                    utc(settings.updatedAt())
                }))
                .replaceWithVoid();
    }

    /** Keeps what a test met, unless the settings have been changed meanwhile. */
    public Uni<Void> keepTest(SqlClient connection, ChannelSettings tested, String outcome) {
        return connection
                .preparedQuery(
                        "UPDATE payment_channel SET tested_at = $3, test_outcome = $4 WHERE id = $1 AND version = $2")
                .execute(Tuple.of(tested.id(), tested.version(), utc(clock.now()), outcome))
                .replaceWithVoid();
    }

    /** Switches on or off. */
    public Uni<Void> keepEnabled(SqlClient connection, ChannelSettings settings, boolean enabled) {
        return connection
                .preparedQuery("UPDATE payment_channel SET enabled = $2, updated_at = $3 WHERE id = $1")
                .execute(Tuple.of(settings.id(), enabled, utc(clock.now())))
                .replaceWithVoid();
    }

    /** All settings of the running unit's company, locked. */
    Uni<List<ChannelSettings>> allLocked(SqlClient connection) {
        return connection.query(SELECT + " ORDER BY kind FOR UPDATE").execute().map(rows -> {
            List<ChannelSettings> all = new ArrayList<>();
            rows.forEach(row -> all.add(read(row)));
            return all;
        });
    }

    /** The same secrets under another seal; nothing else changes. */
    Uni<Void> keepSeals(SqlClient connection, UUID id, String apiV3Key, String merchantKey) {
        return connection
                .preparedQuery("UPDATE payment_channel SET api_v3_key = $2, merchant_key = $3 WHERE id = $1")
                .execute(Tuple.of(id, apiV3Key, merchantKey))
                .replaceWithVoid();
    }

    private Uni<ChannelSettings> one(SqlClient connection, String sql, ChannelKind kind) {
        return connection.preparedQuery(sql).execute(Tuple.of(kind.name())).map(rows -> {
            RowIterator<Row> found = rows.iterator();
            return found.hasNext() ? read(found.next()) : null;
        });
    }

    private ChannelSettings read(Row row) {
        return ChannelSettings.of(row, List.of(json.read(row.getString("keys_text"), ChannelKeyText[].class)));
    }
}
