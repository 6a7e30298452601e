package cloud.wuye.device.metering.credit;

import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.util.UUID;

/**
 * How an account whose meter counts the credit stands, its row locked. In kWh.
 *
 * @param postings how many entries of its own it has in the journal
 * @param credit what the service knows of it
 * @param reported what the meter said of it when it could be compared last, or null
 * @param current whether that was said of the very credit that the service knows now
 */
record OwnCredit(
        UUID tenantId,
        UUID pointId,
        OwnCreditState state,
        int postings,
        BigDecimal credit,
        BigDecimal reported,
        BigDecimal difference,
        boolean current) {
    static OwnCredit of(Row row) {
        return new OwnCredit(
                row.getUUID("tenant_id"),
                row.getUUID("point_id"),
                OwnCreditState.valueOf(row.getString("state")),
                row.getInteger("postings"),
                row.getBigDecimal("credit"),
                row.getBigDecimal("reported"),
                row.getBigDecimal("difference"),
                row.getBoolean("current"));
    }

    /** By the meter's own word nothing is left, and what the service knows is next to nothing. */
    boolean isUsedUp() {
        return current && state == OwnCreditState.AGREES && reported.signum() <= 0 && credit.signum() != 0;
    }
}
