package cloud.wuye.device.metering.account;

import static cloud.wuye.platform.db.Columns.instant;

import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * How an account stands, as of its row. Quantities in kWh or m³, credit in the account's unit.
 *
 * @param credit negative when overdrawn; for POSTPAID what was used and is not billed yet, below zero
 * @param lookAt since when somebody has to look at it, or null
 * @param chargedUntil the reading up to which usage is charged
 * @param rerateFrom since when charges may be wrong by now, or null
 * @param unpricedSince since when there is no price, or null
 * @param monthUsed what was charged of the local month
 * @param unpostedQuantity charged, and not in the journal yet
 */
public record Balance(
        UUID tenantId,
        UUID pointId,
        UUID deviceId,
        boolean inQuantity,
        BigDecimal credit,
        BigDecimal lookBelow,
        Instant lookAt,
        Instant startsAt,
        Instant chargedUntil,
        Instant rerateFrom,
        Instant unpricedSince,
        BigDecimal monthUsed,
        BigDecimal yearUsed,
        BigDecimal unpostedQuantity,
        BigDecimal unpostedEnergy,
        BigDecimal unpostedService,
        int postings) {
    static Balance of(Row row) {
        return new Balance(
                row.getUUID("tenant_id"),
                row.getUUID("point_id"),
                row.getUUID("device_id"),
                row.getBoolean("in_quantity"),
                row.getBigDecimal("credit"),
                row.getBigDecimal("look_below"),
                instant(row, "look_at"),
                instant(row, "starts_at"),
                instant(row, "charged_until"),
                instant(row, "rerate_from"),
                instant(row, "unpriced_since"),
                row.getBigDecimal("month_used"),
                row.getBigDecimal("year_used"),
                row.getBigDecimal("unposted_quantity"),
                row.getBigDecimal("unposted_energy"),
                row.getBigDecimal("unposted_service"),
                row.getInteger("postings"));
    }
}
