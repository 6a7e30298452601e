package cloud.wuye.device.metering.billing;

import static cloud.wuye.platform.db.Columns.instant;

import cloud.wuye.device.metering.Statement;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * How far an account could be billed. Its counters and balance are held.
 *
 * @param startsAt since when the account is charged
 * @param chargedUntil the newest charged reading
 * @param toBeChargedAnew whether charges may still change
 * @param unpriced whether usage waits for a price
 * @param readAfter the first charged reading at or after the cut-off, or null
 * @param billedUntil where its last bill ends, or null
 * @param earlierOpen whether an earlier cut-off waits for its bill
 * @param guess what it may have used from chargedUntil to the cut-off, by the 30 days before
 */
record Standing(
        UUID deviceId,
        ZoneId zone,
        Instant startsAt,
        Instant chargedUntil,
        boolean toBeChargedAnew,
        boolean unpriced,
        Instant readAfter,
        Instant billedUntil,
        boolean earlierOpen,
        BigDecimal guess) {
    private static final String SELECT = Statement.named("bill-standing");

    static Uni<Standing> of(SqlConnection tx, UUID tenantId, UUID pointId, Instant cutAt) {
        return tx.preparedQuery(SELECT)
                .execute(Tuple.of(tenantId, pointId, cutAt.atOffset(ZoneOffset.UTC)))
                .map(rows -> of(rows.iterator().next()));
    }

    private static Standing of(Row row) {
        return new Standing(
                row.getUUID("device_id"),
                ZoneId.of(row.getString("zone")),
                instant(row, "starts_at"),
                instant(row, "charged_until"),
                row.getOffsetDateTime("rerate_from") != null,
                row.getOffsetDateTime("unpriced_since") != null,
                instant(row, "read_after"),
                instant(row, "billed_until"),
                row.getBoolean("earlier_open"),
                row.getBigDecimal("guess"));
    }

    /** Where the next bill begins. */
    Instant from() {
        return billedUntil == null ? startsAt : billedUntil;
    }
}
