package cloud.wuye.device.metering.billing;

import static cloud.wuye.platform.db.Columns.utc;

import cloud.wuye.device.metering.Statement;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A quantity at one price.
 *
 * @param ofUntil the end of the bill whose period it was used in
 * @param versionId of the tariff; null where there is no price for it
 */
record BillLine(
        BillLineKind kind,
        Instant ofUntil,
        UUID versionId,
        int tier,
        String period,
        BigDecimal quantity,
        BigDecimal energyPrice,
        BigDecimal servicePrice,
        BigDecimal energy,
        BigDecimal service) {
    private static final String SELECT = Statement.named("bill-lines");

    /**
     * What a bill up to this instant says.
     *
     * @param guess what was probably used from the reading on, or zero
     * @param reading up to which usage is known
     */
    static Uni<List<BillLine>> upTo(
            SqlConnection tx,
            UUID tenantId,
            UUID pointId,
            Instant lifeFrom,
            Instant until,
            BigDecimal guess,
            Instant reading) {
        return tx.preparedQuery(SELECT)
                .execute(Tuple.of(tenantId, pointId, utc(lifeFrom), utc(until), guess, utc(reading)))
                .map(rows -> {
                    List<BillLine> lines = new ArrayList<>(rows.size());
                    rows.forEach(row -> lines.add(of(row)));
                    return lines;
                });
    }

    private static BillLine of(Row row) {
        UUID version = row.getUUID("version_id");
        return new BillLine(
                BillLineKind.valueOf(row.getString("kind")),
                row.getOffsetDateTime("of_until").toInstant(),
                version,
                version == null ? 0 : row.getInteger("tier"),
                row.getString("period"),
                row.getBigDecimal("quantity"),
                row.getBigDecimal("energy_price"),
                row.getBigDecimal("service_price"),
                row.getBigDecimal("energy"),
                row.getBigDecimal("service"));
    }

    boolean unpriced() {
        return versionId == null;
    }
}
