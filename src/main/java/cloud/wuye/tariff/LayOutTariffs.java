package cloud.wuye.tariff;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.schedule.Batches;
import cloud.wuye.tariff.rating.Tariff;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;

/** Use case: keeps every plan laid out some months ahead of the clock. */
@ApplicationScoped
class LayOutTariffs {
    /** One plan a transaction: its segments are hundreds of rows. */
    private static final String DUE =
            """
            SELECT p.id, p.tenant_id, p.laid_out_until, t.zone FROM tariff_plan p JOIN tenant t ON t.id = p.tenant_id
            WHERE p.laid_out_until < $1 ORDER BY p.laid_out_until LIMIT 1 FOR UPDATE OF p SKIP LOCKED""";

    private final Db db;
    private final TariffVersions versions;
    private final TariffSegments segments;
    private final Clock clock;

    LayOutTariffs(Db db, TariffVersions versions, TariffSegments segments, Clock clock) {
        this.db = db;
        this.versions = versions;
        this.segments = segments;
        this.clock = clock;
    }

    /** Whatever does not reach far enough; tells how many plans that were. */
    Uni<Integer> now() {
        return Batches.untilDry(() -> db.acrossTenants("tariffs laid out ahead", this::one));
    }

    private Uni<Integer> one(SqlConnection tx) {
        Instant now = clock.now();
        return tx.preparedQuery(DUE)
                .execute(Tuple.of(now.plus(TariffSegments.AHEAD).atOffset(ZoneOffset.UTC)))
                .flatMap(rows -> rows.size() == 0
                        ? Uni.createFrom().item(0)
                        : extend(tx, rows.iterator().next(), now).replaceWith(1));
    }

    private Uni<Integer> extend(SqlConnection tx, Row row, Instant now) {
        UUID plan = row.getUUID("id");
        ZoneId zone = ZoneId.of(row.getString("zone"));
        Instant until = row.getOffsetDateTime("laid_out_until").toInstant();
        return versions.published(tx, plan)
                .flatMap(published -> segments.layOut(
                        tx,
                        row.getUUID("tenant_id"),
                        plan,
                        new Tariff(
                                zone,
                                published.stream()
                                        .map(TariffVersionRow::inForce)
                                        .toList()),
                        LocalDate.ofInstant(until, zone),
                        now));
    }
}
