package cloud.wuye.device.metering.water;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.UUID;

/**
 * From when on a company suspects a leak.
 *
 * @param threshold m³ in each hour of a night
 * @param nextLookAt when the next night is looked at, or null while nobody looks
 */
@RegisterForReflection
record LeakPolicy(
        UUID tenantId,
        BigDecimal threshold,
        int nights,
        int fromHour,
        int toHour,
        boolean active,
        Instant nextLookAt,
        int version) {
    /** How long after a night's end its last readings may be on their way. */
    private static final int PATIENCE_HOURS = 3;

    static LeakPolicy of(Row row) {
        OffsetDateTime next = row.getOffsetDateTime("next_look_at");
        return new LeakPolicy(
                row.getUUID("tenant_id"),
                row.getBigDecimal("threshold"),
                row.getInteger("nights"),
                row.getInteger("from_hour"),
                row.getInteger("to_hour"),
                row.getBoolean("active"),
                next == null ? null : next.toInstant(),
                row.getInteger("version"));
    }

    /** When somebody looks next after an instant. */
    static Instant lookAfter(Instant instant, int toHour, ZoneId zone) {
        LocalDate day = instant.atZone(zone).toLocalDate();
        Instant look = look(day, toHour, zone);
        return look.isAfter(instant) ? look : look(day.plusDays(1), toHour, zone);
    }

    private static Instant look(LocalDate day, int toHour, ZoneId zone) {
        return day.atStartOfDay()
                .plusHours(toHour + (long) PATIENCE_HOURS)
                .atZone(zone)
                .toInstant();
    }

    /** The night that is over at an instant: of the day on which its readings should all have come. */
    LocalDate nightBefore(Instant instant, ZoneId zone) {
        return instant.atZone(zone).minusHours(toHour + (long) PATIENCE_HOURS).toLocalDate();
    }
}
