package cloud.wuye.device.metering.billing;

import cloud.wuye.platform.security.Caller;
import cloud.wuye.tariff.Commodity;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * A cut-off whose bills are being made, by the terms of the day on which it was opened.
 *
 * @param clientKey of the click that wanted it; empty when the calendar did
 * @param windowEndsAt until when late meters are asked
 */
record BillingRun(
        UUID tenantId,
        UUID id,
        Commodity commodity,
        Instant cutAt,
        String clientKey,
        Instant windowEndsAt,
        int dueDays,
        int graceDays,
        int freshHours,
        Instant openedAt,
        String bySubject,
        String byName) {
    static BillingRun open(UUID id, BillingPeriod terms, Instant cutAt, String clientKey, Caller by, Instant now) {
        return new BillingRun(
                terms.tenantId(),
                id,
                terms.commodity(),
                cutAt,
                clientKey,
                now.plus(Duration.ofHours(terms.windowHours())),
                terms.dueDays(),
                terms.graceDays(),
                terms.freshHours(),
                now,
                by.subject(),
                by.name());
    }

    static BillingRun of(Row row) {
        return new BillingRun(
                row.getUUID("tenant_id"),
                row.getUUID("id"),
                Commodity.valueOf(row.getString("commodity")),
                row.getOffsetDateTime("cut_at").toInstant(),
                row.getString("client_key"),
                row.getOffsetDateTime("window_ends_at").toInstant(),
                row.getInteger("due_days"),
                row.getInteger("grace_days"),
                row.getInteger("fresh_hours"),
                row.getOffsetDateTime("opened_at").toInstant(),
                row.getString("by_subject"),
                row.getString("by_name"));
    }

    /** A reading not older than this stands for the cut-off. */
    Instant freshSince() {
        return cutAt.minus(Duration.ofHours(freshHours));
    }

    /** Who wanted it. */
    Caller by() {
        return new Caller(tenantId, bySubject, byName, Set.of());
    }
}
