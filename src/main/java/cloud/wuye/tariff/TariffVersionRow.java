package cloud.wuye.tariff;

import cloud.wuye.platform.json.Json;
import cloud.wuye.tariff.rating.TariffTerms;
import cloud.wuye.tariff.rating.TariffVersionTerms;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** A version of a tariff as it stands in its row. */
record TariffVersionRow(
        UUID id,
        UUID planId,
        int number,
        TariffVersionStatus status,
        LocalDate validFrom,
        LocalDate validTo,
        UUID endedBy,
        UUID calendarId,
        TariffTerms terms,
        int version,
        Instant createdAt,
        Instant publishedAt) {
    static final String COLUMNS =
            """
            v.id, v.plan_id, v.number, v.status, v.valid_from, v.valid_to, v.ended_by, v.calendar_id, v.terms::text AS terms,
            v.version, v.created_at, v.published_at""";

    static TariffVersionRow of(Row row, Json json) {
        OffsetDateTime published = row.getOffsetDateTime("published_at");
        return new TariffVersionRow(
                row.getUUID("id"),
                row.getUUID("plan_id"),
                row.getInteger("number"),
                TariffVersionStatus.valueOf(row.getString("status")),
                row.getLocalDate("valid_from"),
                row.getLocalDate("valid_to"),
                row.getUUID("ended_by"),
                row.getUUID("calendar_id"),
                json.read(row.getString("terms"), TariffTerms.class),
                row.getInteger("version"),
                row.getOffsetDateTime("created_at").toInstant(),
                published == null ? null : published.toInstant());
    }

    /** For the engine. */
    TariffVersionTerms inForce() {
        return new TariffVersionTerms(id, number, validFrom, validTo, terms);
    }

    /** What the audit log keeps of it. */
    Map<String, Object> forAudit() {
        Map<String, Object> kept = new LinkedHashMap<>();
        kept.put("planId", planId);
        kept.put("number", number);
        kept.put("status", status);
        kept.put("validFrom", validFrom);
        kept.put("validTo", validTo);
        kept.put("terms", terms);
        return kept;
    }
}
