package cloud.wuye.device.metering.billing;

import cloud.wuye.tariff.Commodity;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.UUID;

/**
 * How a company bills a commodity.
 *
 * @param freshHours how old a reading may be that stands for the cut-off
 * @param windowHours how long a late meter is asked before its use is estimated
 * @param graceDays after the due date, before a bill is overdue
 * @param nextCutAt when the running period ends, or null while none does
 */
@RegisterForReflection
record BillingPeriod(
        UUID tenantId,
        Commodity commodity,
        int cutDay,
        LocalTime cutTime,
        int dueDays,
        int graceDays,
        int freshHours,
        int windowHours,
        boolean partialPayments,
        boolean active,
        Instant nextCutAt,
        int version) {
    static BillingPeriod of(Row row) {
        OffsetDateTime next = row.getOffsetDateTime("next_cut_at");
        return new BillingPeriod(
                row.getUUID("tenant_id"),
                Commodity.valueOf(row.getString("commodity")),
                row.getInteger("cut_day"),
                row.getLocalTime("cut_time"),
                row.getInteger("due_days"),
                row.getInteger("grace_days"),
                row.getInteger("fresh_hours"),
                row.getInteger("window_hours"),
                row.getBoolean("partial_payments"),
                row.getBoolean("active"),
                next == null ? null : next.toInstant(),
                row.getInteger("version"));
    }

    /** The end of the period in which an instant lies. */
    Instant endAfter(Instant instant, ZoneId zone) {
        return new CutOff(cutDay, cutTime, zone).after(instant);
    }
}
