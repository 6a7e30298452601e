package cloud.wuye.device.metering;

import static cloud.wuye.platform.db.Columns.instant;

import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;

/**
 * Where a counter stands, as its locked row says.
 *
 * @param baseAt when its last accepted reading was, or null
 * @param newestAt when its newest stored reading was, accepted or not
 * @param closedBefore days before this one are settled; null where none are
 * @param openHour what it counted in the hour that its last reading lies in, where that is not with the others
 * @param place where PostgreSQL keeps the row ({@code ctid}); it stays there as long as it is locked and nobody here changes it
 */
record CounterState(
        Counter counter,
        UUID servicePointId,
        boolean inService,
        BigDecimal factor,
        BigDecimal maxPerHour,
        ZoneId zone,
        Instant baseAt,
        BigDecimal baseValue,
        Instant newestAt,
        boolean clockDoubted,
        LocalDate closedBefore,
        Instant suspectSince,
        CountedHour openHour,
        String place) {

    static CounterState of(Row row) {
        Instant openHour = instant(row, 14);
        return new CounterState(
                new Counter(row.getUUID(0), row.getUUID(1), MeterRegister.valueOf(row.getString(2))),
                row.getUUID(3),
                row.getBoolean(4),
                row.getBigDecimal(5),
                row.getBigDecimal(6),
                ZoneId.of(row.getString(7)),
                instant(row, 8),
                row.getBigDecimal(9),
                instant(row, 10),
                row.getBoolean(11),
                row.getLocalDate(12),
                instant(row, 13),
                openHour == null
                        ? null
                        : new CountedHour(openHour, row.getBigDecimal(15), row.getLong(16), row.getInteger(17)),
                row.getString(18));
    }

    /** Whether a new reading needs no more than to be held against the last one: nothing is late, doubted or amiss. */
    boolean isPlain() {
        return inService && baseAt != null && suspectSince == null && !clockDoubted;
    }
}
