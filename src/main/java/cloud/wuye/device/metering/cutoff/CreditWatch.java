package cloud.wuye.device.metering.cutoff;

import static cloud.wuye.platform.db.Columns.utc;

import cloud.wuye.device.metering.billing.Arrears;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.json.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** What is known and remembered of accounts whose credit is looked at: a fixed number of statements for any number of them. */
@ApplicationScoped
class CreditWatch {
    private static final String LOCK_BUILDINGS =
            """
            SELECT count(pg_advisory_xact_lock(hashtext('cut-off'), k)) FROM (
              SELECT DISTINCT hashtext(b::text) AS k FROM unnest($1::uuid[]) b ORDER BY 1) x""";
    private static final String CUT =
            """
            SELECT tenant_id, building_id, count(*)::int AS cut, min(at) AS first_at FROM cut_off_decision
            WHERE outcome = 'HOLD' AND tenant_id = ANY($1) AND building_id = ANY($2) AND at > $3
            GROUP BY tenant_id, building_id""";
    /** Levels as text: there are no arrays of arrays. */
    private static final String REMEMBER =
            """
            INSERT INTO credit_watch AS w (tenant_id, point_id, told, below_since, emergency_at, held_since, spared_for, spared_until)
            SELECT tenant_id, point_id, told::numeric[], below_since, emergency_at, held_since, spared_for, spared_until
            FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[], $7::text[],
                        $8::timestamptz[])
              AS r (tenant_id, point_id, told, below_since, emergency_at, held_since, spared_for, spared_until)
            ON CONFLICT (tenant_id, point_id) DO UPDATE
            SET told = excluded.told, below_since = excluded.below_since, emergency_at = excluded.emergency_at,
                held_since = excluded.held_since, spared_for = excluded.spared_for, spared_until = excluded.spared_until""";

    private static final String LOOK =
            """
            UPDATE meter_balance b SET look_below = r.look_below, look_at = r.look_at
            FROM unnest($1::uuid[], $2::uuid[], $3::numeric[], $4::timestamptz[]) AS r (tenant_id, point_id, look_below, look_at)
            WHERE b.tenant_id = r.tenant_id AND b.point_id = r.point_id""";
    private static final String TELL =
            """
            INSERT INTO credit_event (id, tenant_id, point_id, device_id, at, kind, level, credit, reason, until)
            SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::timestamptz[], $6::text[], $7::numeric[],
                                 $8::numeric[], $9::text[], $10::timestamptz[])""";
    private static final String DECIDED =
            """
            INSERT INTO cut_off_decision (id, tenant_id, point_id, device_id, building_id, at, outcome, reason, until, inputs)
            SELECT id, tenant_id, point_id, device_id, building_id, at, outcome, reason, until, inputs::jsonb
            FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::timestamptz[], $7::text[], $8::text[],
                        $9::timestamptz[], $10::text[])
              AS r (id, tenant_id, point_id, device_id, building_id, at, outcome, reason, until, inputs)""";
    /** Balances are held in one order. */
    private static final String LOOK_ANEW =
            """
            UPDATE meter_balance b SET look_at = least(b.look_at, $2)
            FROM (SELECT m.tenant_id, m.point_id FROM credit_watch w
                  JOIN meter_balance m ON m.tenant_id = w.tenant_id AND m.point_id = w.point_id
                  WHERE w.tenant_id = $1 AND w.spared_for IS NOT NULL ORDER BY m.point_id FOR UPDATE OF m) x
            WHERE b.tenant_id = x.tenant_id AND b.point_id = x.point_id""";

    private static final String LOOK_AT_BILLED =
            """
            UPDATE meter_balance b SET look_at = least(b.look_at, $3)
            FROM (SELECT m.tenant_id, m.point_id FROM meter_balance m
                  JOIN meter_account a ON a.tenant_id = m.tenant_id AND a.point_id = m.point_id
                  WHERE m.tenant_id = ANY ($1) AND m.point_id = ANY ($2) AND a.mode = 'POSTPAID' AND a.closed_at IS NULL
                  ORDER BY m.point_id FOR UPDATE OF m) x
            WHERE b.tenant_id = x.tenant_id AND b.point_id = x.point_id""";

    private static final String TAKE_EMERGENCY =
            """
            INSERT INTO credit_watch AS w (tenant_id, point_id, emergency_at) VALUES ($1, $2, $3)
            ON CONFLICT (tenant_id, point_id) DO UPDATE SET emergency_at = excluded.emergency_at""";

    private final Arrears arrears;
    private final Json json;

    CreditWatch(Arrears arrears, Json json) {
        this.arrears = arrears;
        this.json = json;
    }

    /** Accounts that somebody has to look at by now, held. */
    Uni<List<CreditFacts>> due(SqlConnection tx, Instant now, int atMost) {
        return tx.preparedQuery(CreditFacts.DUE)
                .execute(Tuple.of(utc(now), atMost))
                .map(CreditWatch::read)
                .flatMap(found -> withBills(tx, found));
    }

    /** One account that the service counts, held; none for any other. */
    Uni<List<CreditFacts>> one(SqlConnection tx, UUID tenantId, UUID pointId) {
        return tx.preparedQuery(CreditFacts.ONE)
                .execute(Tuple.of(tenantId, pointId))
                .map(CreditWatch::read)
                .flatMap(found -> withBills(tx, found));
    }

    /** How these points stand, without waiting for anybody. */
    Uni<List<CreditFacts>> ofPoints(SqlConnection connection, Collection<UUID> points) {
        return connection
                .preparedQuery(CreditFacts.OF_POINTS)
                .execute(Tuple.of(points.toArray(UUID[]::new)))
                .map(CreditWatch::read);
    }

    /** What was cut off in buildings since then; nobody else cuts there until the transaction ends. */
    Uni<Map<UUID, Cut>> cutSince(SqlConnection tx, List<CreditFacts> accounts, Instant since) {
        UUID[] buildings = column(accounts, CreditFacts::buildingId, UUID[]::new);
        return tx.preparedQuery(LOCK_BUILDINGS)
                .execute(Tuple.of(buildings))
                .chain(() -> tx.preparedQuery(CUT)
                        .execute(Tuple.of(column(accounts, CreditFacts::tenantId, UUID[]::new), buildings, utc(since))))
                .map(rows -> {
                    Map<UUID, Cut> found = new HashMap<>();
                    rows.forEach(row -> found.put(
                            row.getUUID("building_id"),
                            new Cut(
                                    row.getInteger("cut"),
                                    row.getOffsetDateTime("first_at").toInstant())));
                    return found;
                });
    }

    /** How many accounts were cut off, and when the first. */
    record Cut(int count, Instant firstAt) {
        static final Cut NONE = new Cut(0, null);

        Cut plusOne(Instant at) {
            return new Cut(count + 1, firstAt == null ? at : firstAt);
        }
    }

    /** Writes down what was decided, what people are told, and when somebody looks again. */
    Uni<Void> keep(SqlConnection tx, List<Judgement> all) {
        return tx.preparedQuery(REMEMBER)
                .execute(remembered(all))
                .chain(() -> tx.preparedQuery(LOOK)
                        .execute(Tuple.of(
                                column(all, each -> each.facts().tenantId(), UUID[]::new),
                                column(all, each -> each.facts().pointId(), UUID[]::new),
                                column(all, Judgement::lookBelow, BigDecimal[]::new),
                                column(all, each -> utc(each.lookAt()), OffsetDateTime[]::new))))
                .chain(() -> tell(tx, all))
                .chain(() -> decided(tx, all));
    }

    private static Tuple remembered(List<Judgement> all) {
        return Tuple.from(new Object[] {
            column(all, each -> each.facts().tenantId(), UUID[]::new),
            column(all, each -> each.facts().pointId(), UUID[]::new),
            column(all, each -> literal(each.levels().told()), String[]::new),
            column(all, each -> utc(each.belowSince()), OffsetDateTime[]::new),
            column(all, each -> utc(each.emergencyAt()), OffsetDateTime[]::new),
            column(all, each -> utc(each.heldSince()), OffsetDateTime[]::new),
            column(all, each -> name(each.decision().reason()), String[]::new),
            column(all, each -> utc(each.decision().until()), OffsetDateTime[]::new)
        });
    }

    private static Uni<Void> tell(SqlConnection tx, List<Judgement> all) {
        List<Told> told = new ArrayList<>();
        all.forEach(each -> each.events().forEach(event -> told.add(new Told(each, event))));
        return told.isEmpty() ? Uni.createFrom().voidItem() : insert(tx, told);
    }

    private static Uni<Void> insert(SqlConnection tx, List<Told> told) {
        return tx.preparedQuery(TELL)
                .execute(Tuple.from(new Object[] {
                    column(told, each -> Ids.next(), UUID[]::new),
                    column(told, each -> each.by.facts().tenantId(), UUID[]::new),
                    column(told, each -> each.by.facts().pointId(), UUID[]::new),
                    column(told, each -> each.by.facts().deviceId(), UUID[]::new),
                    column(told, each -> utc(each.by.inputs().now()), OffsetDateTime[]::new),
                    column(told, each -> each.event.kind().name(), String[]::new),
                    column(told, each -> each.event.level(), BigDecimal[]::new),
                    column(told, each -> each.by.facts().credit(), BigDecimal[]::new),
                    column(told, each -> name(each.event.reason()), String[]::new),
                    column(told, each -> utc(each.event.until()), OffsetDateTime[]::new)
                }))
                .replaceWithVoid();
    }

    private record Told(Judgement by, Judgement.Event event) {}

    private Uni<Void> decided(SqlConnection tx, List<Judgement> all) {
        List<Judgement> some = all.stream()
                .filter(each -> each.decision().outcome() != CutOffOutcome.NOTHING)
                .toList();
        if (some.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.preparedQuery(DECIDED)
                .execute(Tuple.from(new Object[] {
                    column(some, each -> Ids.next(), UUID[]::new),
                    column(some, each -> each.facts().tenantId(), UUID[]::new),
                    column(some, each -> each.facts().pointId(), UUID[]::new),
                    column(some, each -> each.facts().deviceId(), UUID[]::new),
                    column(some, each -> each.facts().buildingId(), UUID[]::new),
                    column(some, each -> utc(each.inputs().now()), OffsetDateTime[]::new),
                    column(some, each -> each.decision().outcome().name(), String[]::new),
                    column(some, each -> name(each.decision().reason()), String[]::new),
                    column(some, each -> utc(each.decision().until()), OffsetDateTime[]::new),
                    column(some, each -> json.write(each.inputs()), String[]::new)
                }))
                .replaceWithVoid();
    }

    /** Emergency credit is taken; the account is held. */
    Uni<Void> takeEmergency(SqlConnection tx, CreditFacts facts, Instant now) {
        return tx.preparedQuery(TAKE_EMERGENCY)
                .execute(Tuple.of(facts.tenantId(), facts.pointId(), utc(now)))
                .chain(() -> tx.preparedQuery(TELL).execute(Tuple.from(new Object[] {
                    new UUID[] {Ids.next()},
                    new UUID[] {facts.tenantId()},
                    new UUID[] {facts.pointId()},
                    new UUID[] {facts.deviceId()},
                    new OffsetDateTime[] {utc(now)},
                    new String[] {CreditEventKind.EMERGENCY_STARTED.name()},
                    new BigDecimal[] {facts.emergency()},
                    new BigDecimal[] {facts.credit()},
                    new String[] {null},
                    new OffsetDateTime[] {null}
                })))
                .replaceWithVoid();
    }

    /** Whoever is spared is looked at anew: what spares them has changed. */
    Uni<Void> lookAnew(SqlConnection tx, UUID tenantId, Instant now) {
        return tx.preparedQuery(LOOK_ANEW).execute(Tuple.of(tenantId, utc(now))).replaceWithVoid();
    }

    /** What is overdue is read after the accounts are held: a bill that is settled meanwhile calls the judge again. */
    private Uni<List<CreditFacts>> withBills(SqlConnection tx, List<CreditFacts> found) {
        List<CreditFacts> billed = found.stream().filter(CreditFacts::billed).toList();
        return billed.isEmpty()
                ? Uni.createFrom().item(found)
                : arrears.overdue(
                                tx,
                                billed.stream()
                                        .map(CreditFacts::tenantId)
                                        .distinct()
                                        .toList(),
                                billed.stream().map(CreditFacts::pointId).toList())
                        .map(overdue -> found.stream()
                                .map(each -> each.billed() ? each.with(overdue.get(each.pointId())) : each)
                                .toList());
    }

    /** Accounts that are billed after use are looked at; balances are held in one order. */
    Uni<Void> lookAtBilled(SqlConnection tx, Collection<UUID> tenants, Collection<UUID> points, Instant now) {
        return tx.preparedQuery(LOOK_AT_BILLED)
                .execute(Tuple.of(tenants.toArray(UUID[]::new), points.toArray(UUID[]::new), utc(now)))
                .replaceWithVoid();
    }

    private static List<CreditFacts> read(RowSet<Row> rows) {
        List<CreditFacts> found = new ArrayList<>(rows.size());
        rows.forEach(row -> found.add(CreditFacts.of(row)));
        return found;
    }

    private static String literal(List<BigDecimal> levels) {
        return levels.stream().map(BigDecimal::toPlainString).collect(Collectors.joining(",", "{", "}"));
    }

    private static String name(SpareReason reason) {
        return reason == null ? null : reason.name();
    }

    private static <T, C> C[] column(
            List<T> all, java.util.function.Function<T, C> value, java.util.function.IntFunction<C[]> array) {
        return all.stream().map(value).toArray(array);
    }
}
