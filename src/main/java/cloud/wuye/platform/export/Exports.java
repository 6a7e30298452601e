package cloud.wuye.platform.export;

import static cloud.wuye.platform.db.Columns.utc;

import cloud.wuye.platform.Ids;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** The exports and their files, and all SQL about them. */
@ApplicationScoped
class Exports {
    private static final String FIND = "SELECT " + Export.COLUMNS + " FROM export_job WHERE id = $1";

    /** One company's requests queue up here, so that two at once cannot both be the last that is let in. */
    private static final String OPEN =
            """
            SELECT pg_advisory_xact_lock(hashtext('export_job'), hashtext($1)),
                   (SELECT count(*)::int FROM export_job WHERE state IN ('QUEUED', 'RUNNING')) AS open""";

    private static final String ADD =
            """
            INSERT INTO export_job (id, tenant_id, list, format, language, filter, zone, requested_by, requested_by_name,
                                    requested_at, part_bytes)
            SELECT $1, t.id, $3, $4, $5, $6::text::jsonb, t.zone, $7, $8, $9, $10 FROM tenant t WHERE t.id = $2
            RETURNING"""
                    + " " + Export.COLUMNS;

    /** One replica takes at a time: else two would each take a company's last free place. */
    private static final String ONE_TAKER = "SELECT pg_advisory_xact_lock(hashtext('export_job'))";

    private static final String GIVE_UP =
            """
            WITH gone AS (
              SELECT id FROM export_job WHERE state = 'RUNNING' AND lease_until <= $1 AND attempts >= $2
              FOR UPDATE SKIP LOCKED),
            parts AS (DELETE FROM export_part p USING gone WHERE p.export_id = gone.id)
            UPDATE export_job e SET state = 'FAILED', lease = NULL, finished_at = $1, bytes = 0,
              problem_code = $3, problem_zh = $4, problem_en = $5
            FROM gone WHERE e.id = gone.id""";

    /** First come, first served, but no company takes more than its places. */
    private static final String TAKE =
            """
            WITH busy AS (
              SELECT tenant_id, count(*) AS n FROM export_job WHERE state = 'RUNNING' AND lease_until > $1 GROUP BY tenant_id),
            due AS (
              SELECT e.id, e.requested_at,
                row_number() OVER (PARTITION BY e.tenant_id ORDER BY e.requested_at, e.id) + coalesce(b.n, 0) AS place
              FROM export_job e LEFT JOIN busy b USING (tenant_id)
              WHERE (e.state = 'QUEUED' OR (e.state = 'RUNNING' AND e.lease_until <= $1)) AND e.list = ANY($2)),
            mine AS (
              SELECT e.id FROM export_job e JOIN due d ON d.id = e.id WHERE d.place <= $3
              ORDER BY d.requested_at, e.id LIMIT $4 FOR UPDATE OF e SKIP LOCKED),
            parts AS (DELETE FROM export_part p USING mine WHERE p.export_id = mine.id)
            UPDATE export_job e SET state = 'RUNNING', attempts = e.attempts + 1, lease = gen_random_uuid(), lease_until = $5,
              rows_done = 0, rows_total = NULL, bytes = 0
            FROM mine WHERE e.id = mine.id
            RETURNING"""
                    + " e." + Export.COLUMNS.replace(", ", ", e.");

    /** Only who holds the lease writes on; the row stays locked until the parts are in. */
    private static final String PROGRESS =
            """
            UPDATE export_job SET rows_done = $3, rows_total = $4, bytes = $5, lease_until = $6
            WHERE id = $1 AND lease = $2""";

    private static final String PARTS =
            """
            INSERT INTO export_part (tenant_id, export_id, no, bytes)
            SELECT $1, $2, p.no, p.bytes FROM unnest($3::int[], $4::bytea[]) AS p (no, bytes)""";

    private static final String DONE =
            """
            UPDATE export_job SET state = 'DONE', lease = NULL, rows_done = $3, rows_total = $3, bytes = $4, sha256 = $5,
              finished_at = $6, expires_at = $7
            WHERE id = $1 AND lease = $2""";

    private static final String FAILED =
            """
            WITH failed AS (
              UPDATE export_job SET state = 'FAILED', lease = NULL, bytes = 0, finished_at = $3, problem_code = $4, problem_zh = $5,
                problem_en = $6
              WHERE id = $1 AND lease = $2 RETURNING id)
            DELETE FROM export_part p USING failed WHERE p.export_id = failed.id""";

    private static final String CANCEL =
            "UPDATE export_job SET state = 'CANCELLED', lease = NULL, bytes = 0, finished_at = $2 WHERE id = $1";

    private static final String EXPIRE =
            """
            WITH old AS (
              SELECT id FROM export_job WHERE state = 'DONE' AND expires_at <= $1
              ORDER BY expires_at LIMIT 100 FOR UPDATE SKIP LOCKED),
            parts AS (DELETE FROM export_part p USING old WHERE p.export_id = old.id)
            UPDATE export_job e SET state = 'EXPIRED' FROM old WHERE e.id = old.id""";

    private final Clock clock;
    private final ExportConfig config;

    Exports(Clock clock, ExportConfig config) {
        this.clock = clock;
        this.config = config;
    }

    /** An export of the company's, or null where there is none that this caller may know of: their own, a manager's all. */
    Uni<Export> find(SqlConnection tx, Caller caller, UUID id) {
        return one(tx, FIND, Tuple.of(id)).map(found -> seenBy(caller, found));
    }

    /** The same, locked. */
    Uni<Export> locked(SqlConnection tx, Caller caller, UUID id) {
        return one(tx, FIND + " FOR UPDATE", Tuple.of(id)).map(found -> seenBy(caller, found));
    }

    /** How many of the company's run or wait; until the end of the transaction no other request of theirs is let in. */
    Uni<Integer> open(SqlConnection tx, UUID tenantId) {
        return tx.preparedQuery(OPEN)
                .execute(Tuple.of(tenantId.toString()))
                .map(rows -> rows.iterator().next().getInteger("open"));
    }

    Uni<Export> add(SqlConnection tx, Caller caller, ExportRequest request) {
        return one(tx, ADD, Tuple.from(new Object[] {
            Ids.next(),
            caller.requireTenant(),
            request.list().name(),
            request.format().name(),
            request.language().name(),
            request.filter(),
            caller.subject(),
            caller.name(),
            utc(clock.now()),
            config.partBytes()
        }));
    }

    /** Takes up to so many that wait, or whose replica is gone, of the lists that this replica knows. */
    Uni<List<Export>> take(SqlConnection tx, Collection<String> lists, int atMost) {
        Instant now = clock.now();
        return tx.query(ONE_TAKER)
                .execute()
                .chain(() -> tx.preparedQuery(TAKE)
                        .execute(Tuple.of(
                                utc(now),
                                lists.toArray(String[]::new),
                                config.perCompany(),
                                atMost,
                                utc(now.plus(config.lease())))))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(Export::of)
                        .toList());
    }

    /** Fails those that were begun too often and never came to an end. */
    Uni<Integer> giveUp(SqlConnection tx, Problem why) {
        return tx.preparedQuery(GIVE_UP)
                .execute(Tuple.of(
                        utc(clock.now()),
                        config.attempts(),
                        why.code().name(),
                        why.text(Locale.CHINESE),
                        why.text(Locale.ENGLISH)))
                .map(RowSet::rowCount);
    }

    /**
     * Keeps how far a run is, and what is written so far.
     *
     * @return false when the run is not this one's any more
     */
    Uni<Boolean> progress(SqlConnection tx, Export run, Progress so) {
        OffsetDateTime until = utc(clock.now().plus(config.lease()));
        return tx.preparedQuery(PROGRESS)
                .execute(Tuple.of(run.id(), run.lease(), so.rowsDone(), so.rowsTotal(), so.bytes(), until))
                .chain(rows -> keep(tx, rows, run, so));
    }

    /** Keeps the end of a file; false when the run is not this one's any more. */
    Uni<Boolean> done(SqlConnection tx, Export run, Progress so, String sha256) {
        Instant now = clock.now();
        return tx.preparedQuery(DONE)
                .execute(Tuple.from(new Object[] {
                    run.id(), run.lease(), so.rowsDone(), so.bytes(), sha256, utc(now), utc(now.plus(config.keep()))
                }))
                .chain(rows -> keep(tx, rows, run, so));
    }

    /** There will be no file; nothing happens when the run is not this one's any more. */
    Uni<Void> failed(SqlConnection tx, Export run, Problem why) {
        return tx.preparedQuery(FAILED)
                .execute(Tuple.of(
                        run.id(),
                        run.lease(),
                        utc(clock.now()),
                        why.code().name(),
                        why.text(Locale.CHINESE),
                        why.text(Locale.ENGLISH)))
                .replaceWithVoid();
    }

    /** Ends one that is locked and open; whoever runs it finds its lease gone. */
    Uni<Void> cancel(SqlConnection tx, UUID id) {
        return tx.preparedQuery(CANCEL)
                .execute(Tuple.of(id, utc(clock.now())))
                .chain(() -> tx.preparedQuery("DELETE FROM export_part WHERE export_id = $1")
                        .execute(Tuple.of(id)))
                .replaceWithVoid();
    }

    /** Removes one that is locked, file and all. */
    Uni<Void> remove(SqlConnection tx, UUID id) {
        return tx.preparedQuery("DELETE FROM export_job WHERE id = $1")
                .execute(Tuple.of(id))
                .replaceWithVoid();
    }

    /** Removes files whose time is over, up to a hundred. */
    Uni<Integer> expire(SqlConnection tx) {
        return tx.preparedQuery(EXPIRE).execute(Tuple.of(utc(clock.now()))).map(RowSet::rowCount);
    }

    /** A part of a file, or null when it is gone. */
    Uni<byte[]> part(SqlConnection tx, UUID export, int no) {
        return tx.preparedQuery("SELECT bytes FROM export_part WHERE export_id = $1 AND no = $2")
                .execute(Tuple.of(export, no))
                .map(rows -> rows.iterator().hasNext()
                        ? rows.iterator().next().getBuffer("bytes").getBytes()
                        : null);
    }

    private static Uni<Boolean> keep(SqlConnection tx, RowSet<Row> updated, Export run, Progress so) {
        if (updated.rowCount() == 0 || so.parts().isEmpty()) {
            return Uni.createFrom().item(updated.rowCount() == 1);
        }
        Integer[] numbers = IntStream.range(
                        so.firstPart(), so.firstPart() + so.parts().size())
                .boxed()
                .toArray(Integer[]::new);
        io.vertx.core.buffer.Buffer[] bytes = so.parts().stream()
                .map(io.vertx.core.buffer.Buffer::buffer)
                .toArray(io.vertx.core.buffer.Buffer[]::new);
        return tx.preparedQuery(PARTS)
                .execute(Tuple.of(run.tenantId(), run.id(), numbers, bytes))
                .replaceWith(true);
    }

    private static Export seenBy(Caller caller, Export export) {
        return export == null
                        || caller.is(Roles.MANAGER)
                        || export.requestedBy().equals(caller.subject())
                ? export
                : null;
    }

    private static Uni<Export> one(SqlConnection tx, String sql, Tuple values) {
        return tx.preparedQuery(sql).execute(values).map(rows -> {
            RowIterator<Row> found = rows.iterator();
            return found.hasNext() ? Export.of(found.next()) : null;
        });
    }
}
