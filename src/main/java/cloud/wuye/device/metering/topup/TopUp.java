package cloud.wuye.device.metering.topup;

import cloud.wuye.device.metering.account.CreditUnit;
import cloud.wuye.tariff.Commodity;
import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * What an order buys, as its row says.
 *
 * @param creditedAt null while nothing was credited for it
 * @param takenBackFen how much of its price was taken back again
 */
record TopUp(
        UUID orderId,
        UUID tenantId,
        UUID pointId,
        Commodity commodity,
        CreditUnit unit,
        BigDecimal amount,
        Instant createdAt,
        Instant creditedAt,
        long takenBackFen) {
    static TopUp of(Row row) {
        OffsetDateTime creditedAt = row.getOffsetDateTime("credited_at");
        return new TopUp(
                row.getUUID("order_id"),
                row.getUUID("tenant_id"),
                row.getUUID("point_id"),
                Commodity.valueOf(row.getString("commodity")),
                CreditUnit.valueOf(row.getString("unit")),
                row.getBigDecimal("amount"),
                row.getOffsetDateTime("created_at").toInstant(),
                creditedAt == null ? null : creditedAt.toInstant(),
                row.getLong("taken_back_fen"));
    }
}
